/** Who am I: login, logout, registration of residents, second factor. */
import { DomainError, newId, normalizePhone, parseResidentId } from "@wuxin/kernel";
import { systemActor } from "@wuxin/platform";
import { toString as qrSvg } from "qrcode";
import type { House } from "../compose.ts";
import type { Call, Caller, SomeHandlers } from "../http.ts";

type Ids =
  | "login"
  | "logout"
  | "getSession"
  | "registerResident"
  | "changePassword"
  | "startTotp"
  | "confirmTotp"
  | "disableTotp";

export function sessionHandlers(house: House, options: { demo: boolean }): SomeHandlers<Ids> {
  const { db, access, registry, counties } = house;

  async function view(
    caller: Pick<Caller, "actor">,
    account: Awaited<ReturnType<typeof access.login>>["account"],
    expiresAt: string,
  ) {
    const county = counties.get(caller.actor.countyCode);
    return {
      account: {
        id: account.id,
        name: account.name,
        loginName: account.loginName,
        role: account.role,
        scope: account.scope,
        scopeName: account.party
          ? ((await house.partyBook.name(county.code, account.party)) ?? county.name)
          : account.scope === ""
            ? county.name
            : counties.divisionName(county.code, account.scope),
        personId: account.personId,
        totpEnabled: account.totpEnabled,
      },
      county: {
        code: county.code,
        name: county.name,
        fullName: county.fullName,
        bureauName: county.bureauName,
      },
      demo: options.demo,
      expiresAt,
    };
  }
  const opened = (call: Call, session: Awaited<ReturnType<typeof access.login>>) => {
    call.setSession({
      countyCode: session.actor.countyCode,
      token: session.token,
      expiresAt: new Date(session.expiresAt),
    });
    return view(session, session.account, session.expiresAt);
  };

  return {
    async login({ body }, call) {
      counties.get(body.county);
      return opened(call, await access.login(db, { ...body, address: call.ip }));
    },
    async logout(_input, call) {
      await access.logout(db, call.caller.actor.countyCode, call.caller.token);
      call.setSession(undefined);
      return { ok: true };
    },
    async getSession(_input, call) {
      const session = await access.sessionOf(db, call.caller.actor.countyCode, call.caller.token);
      if (!session) throw new DomainError("not-logged-in", "登录已过期，请重新登录。");
      return view(call.caller, session.account, session.expiresAt);
    },
    async registerResident({ body }, call) {
      const county = counties.get(body.county);
      const id = parseResidentId(body.idNo);
      if (!id.ok) throw new DomainError("invalid-input", id.message, { field: "body.idNo" });
      const phone = normalizePhone(body.phone);
      if (!phone)
        throw new DomainError("invalid-input", "手机号码应为 11 位，请核对。", { field: "body.phone" });
      const session = await db.transact(systemActor(county.code), async (tx) => {
        const person = await registry.ensurePerson(tx, {
          id: newId(),
          name: body.name,
          idNo: id.id,
          phone,
          divisionCode: county.code,
          address: "",
        });
        const account = await access.registerResident(tx, {
          id: newId(),
          personId: person.id,
          name: body.name,
          loginNames: [id.id, phone],
          shownAs: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
          password: body.password,
        });
        return access.openSession(tx, account.id);
      });
      return opened(call, session);
    },
    async changePassword({ body }, call) {
      await house.as(call.caller, (tx) => access.changePassword(tx, body, call.caller.token));
      return { ok: true };
    },
    async startTotp(_input, call) {
      const { secret, uri } = await house.as(call.caller, (tx) => access.startTotp(tx));
      return { secret, uri, qrSvg: await qrSvg(uri, { type: "svg", margin: 1 }) };
    },
    async confirmTotp({ body }, call) {
      await house.as(call.caller, (tx) => access.confirmTotp(tx, body.code));
      return { ok: true };
    },
    async disableTotp({ body }, call) {
      await house.as(call.caller, (tx) => access.disableTotp(tx, body.password));
      return { ok: true };
    },
  };
}
