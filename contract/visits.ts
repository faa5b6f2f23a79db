/** Duties, visits, cards and the phones that carry lists. */
import type { Field } from "@wuxin/declare";
import { z } from "zod";
import { AnyId, DivisionCode, declared, FieldValue, Id, IsoDate, Month, Page, Values } from "./common.ts";

const Brief = z.object({
  id: AnyId,
  at: z.string(),
  onDate: IsoDate,
  by: z.string(),
  title: z.string(),
  subjectId: AnyId,
  answered: z.array(z.string()),
});
const Told = z.object({ text: z.string(), by: z.string(), at: z.string() });
/** Two people changed one thing from the same version: what each said, until somebody chooses. */
const Conflict = z.object({
  id: AnyId,
  visitId: AnyId,
  title: z.string(),
  field: z.string(),
  label: z.string(),
  mine: Told,
  theirs: Told,
});
export const VisitQuery = Page.extend({
  division: DivisionCode.optional(),
  /** Only what is overdue. */
  late: z.enum(["true"]).optional(),
  /** Part of the name of who went. */
  by: z.string().max(50).optional(),
  month: Month.optional(),
});
export const VisitBoard = z
  .object({
    stops: z.array(
      z.object({
        subjectId: AnyId,
        titleMasked: z.string(),
        divisionName: z.string(),
        divisionCode: DivisionCode,
        dueOn: IsoDate.nullable(),
        late: z.boolean(),
        isHousehold: z.boolean(),
        person: AnyId.nullable(),
        tasks: z.array(
          z.object({
            ...{ id: AnyId, kind: z.enum(["duty", "clue"]), title: z.string(), reason: z.string() },
            dueOn: IsoDate.nullable(),
          }),
        ),
      }),
    ),
    /** Of the stops, also those on other pages. */
    total: z.int(),
    recent: z.array(Brief),
    conflicts: z.array(Conflict),
    progress: z.array(
      z.object({
        divisionCode: DivisionCode,
        divisionName: z.string(),
        duty: z.string(),
        dutyTitle: z.string(),
        due: z.int(),
        done: z.int(),
        late: z.int(),
      }),
    ),
    month: Month,
  })
  .meta({ id: "VisitBoard" });
export const VisitPage = Brief.extend({
  personId: AnyId.nullable(),
  householdId: AnyId.nullable(),
  receivedAt: z.string(),
  divisionName: z.string(),
  place: z.object({ latitude: z.number(), longitude: z.number(), accuracyM: z.number() }).nullable(),
  lines: z.array(z.object({ label: z.string(), text: z.string() })),
  photos: z.array(AnyId),
  signatureId: AnyId.nullable(),
}).meta({ id: "VisitPage" });
export const Keep = z.object({ keep: z.enum(["mine", "theirs"]) });

const CardValue = z.object({ value: z.unknown(), version: z.int(), at: z.string(), by: z.string() });
export const Card = z.object({
  fields: z.array(declared<Field>()),
  values: z.record(z.string(), CardValue),
});
const Changes = z.record(z.string().max(60), z.object({ value: FieldValue, base: z.int().min(0) }));
export const ChangeCard = z.object({ changes: Changes });

export const Device = z.object({
  id: AnyId,
  accountName: z.string(),
  label: z.string(),
  divisionName: z.string(),
  enrolledAt: z.string(),
  lastSeenAt: z.string(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  revokeReason: z.string().nullable(),
  canRevoke: z.boolean(),
});
export const RevokeDevice = z.object({
  reason: z.string().trim().min(2, "请写明为什么停用，例如“手机丢失”。").max(200),
});
/** Asked without a session, by the phone's own number: a phone that was cut off forgets everything, even when locked. */
export const Standing = z.object({ revoked: z.boolean() });
export const AskKey = z.object({ id: Id, label: z.string().max(200) });
/** Base64 of 32 bytes: opens what this phone keeps, and is kept by nobody else. */
export const DeviceKey = z.object({ key: z.string() });

export const FieldQuery = z.object({
  device: AnyId,
  /** `next` of the page before. */
  after: z.string().max(100).optional(),
});
export const FieldList = z
  .object({
    today: IsoDate,
    /** The server's clock, ISO: a phone learns from it by how much its own is wrong. */
    now: z.string(),
    /** Whether this worker may take applications at the door. */
    applies: z.boolean(),
    stops: z.array(
      z.object({
        subjectId: AnyId,
        title: z.string(),
        people: z.array(
          z.object({
            id: AnyId,
            name: z.string(),
            sex: z.string(),
            birthDate: IsoDate,
            phone: z.string().nullable(),
          }),
        ),
        phone: z.string().nullable(),
        isHousehold: z.boolean(),
        address: z.string(),
        divisionName: z.string(),
        divisionCode: DivisionCode,
        dueOn: IsoDate.nullable(),
        tasks: z.array(
          z.object({
            id: AnyId,
            kind: z.enum(["duty", "clue"]),
            code: z.string(),
            title: z.string(),
            reason: z.string(),
            dueOn: IsoDate.nullable(),
            late: z.boolean(),
            evidence: z.array(z.object({ label: z.string(), value: z.string() })),
            bring: z.array(z.string()),
          }),
        ),
        card: z.record(z.string(), CardValue),
        cardFields: z.array(declared<Field>()),
        form: z.array(declared<Field>()),
        /** Where the last visit was. */
        place: z.object({ latitude: z.number(), longitude: z.number(), onDate: IsoDate }).nullable(),
      }),
    ),
    /** How many wait in all, and where the next page begins. */
    total: z.int(),
    next: z.string().nullable(),
    /** What became of what this worker reported. */
    reported: z.array(z.object({ id: AnyId, title: z.string(), stateLabel: z.string() })),
    conflicts: z.array(Conflict),
    divisions: z.array(z.object({ code: DivisionCode, name: z.string() })),
  })
  .meta({ id: "FieldList" });
export const FieldVisit = z.object({
  id: Id,
  deviceId: AnyId,
  subjectId: AnyId,
  at: z.iso.datetime(),
  place: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracyM: z.number().min(0).max(1_000_000),
    })
    .nullable(),
  answers: Values,
  card: Changes,
  photos: z.array(AnyId).max(9),
  signatureId: AnyId.nullable(),
  /** For what he went, as his list had it: perhaps somebody else has answered it meanwhile. */
  tasks: z.array(AnyId).max(200).optional(),
});
export const FieldVisited = z.object({
  id: AnyId,
  answered: z.array(z.string()),
  merged: z.array(z.string()),
  conflicts: z.array(z.string()),
  notes: z.array(z.string()),
});
