/** 家庭变更: somebody leaves the household, another head, it lives elsewhere. What it draws is changed where it is drawn. */
import { useQueryClient } from "@tanstack/react-query";
import { type Field, initialOf } from "@wuxin/declare/fields";
import { App } from "antd";
import { type Ask, api, type Reply } from "../../app/api.ts";
import { useToday } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";

type Household = Reply<"getHousehold">;
type Change = NonNullable<Ask<"changeHousehold">["body"]>;

const when = (kind: Change["kind"]) => ({ visible: { field: "kind", is: kind } });
const relationOf = (personId: string) => `relation-${personId}`;

function fieldsOf(h: Household): Field[] {
  const here = h.members.filter((m) => !m.toDate && !m.diedOn);
  const people = here.map((m) => ({ value: m.personId, label: m.name }));
  return [
    {
      ...{ name: "kind", label: "办什么", type: "choice", required: true },
      choices: [
        { value: "member-out", label: "一个人迁出" },
        { value: "head", label: "变更户主" },
        { value: "move", label: "全家迁移、更正住址" },
      ],
    },
    {
      ...{ name: "personId", label: "谁迁出", type: "choice", required: true, choices: people },
      help: "迁出以后他单独登记，别的乡镇（街道）可以受理他的申请。",
      ...when("member-out"),
    },
    { name: "on", label: "哪一天", type: "date", required: true, ...when("member-out") },
    {
      ...{ name: "headPersonId", label: "新户主", type: "choice", required: true, choices: people },
      help: "户里有成年人的，由成年人作户主。只改登记的户主；待遇的领款人不变。",
      ...when("head"),
    },
    ...here.map(
      (m): Field => ({
        ...{
          name: relationOf(m.personId),
          label: `${m.name}是新户主的`,
          type: "text",
          required: true,
          max: 20,
        },
        visible: {
          all: [
            { field: "kind", is: "head" },
            { field: "headPersonId", known: true },
            { field: "headPersonId", isNot: m.personId },
          ],
        },
      }),
    ),
    {
      ...{ name: "divisionCode", label: "住在", type: "division", required: true, initial: h.divisionCode },
      help: "迁到另一个乡镇（街道）的由县级办理；这户有在享待遇的，在待遇页办「转移」。",
      ...when("move"),
    },
    {
      ...{ name: "areaClass", label: "区域类型", type: "choice", required: true, initial: h.areaClass },
      choices: [
        { value: "城市", label: "城市" },
        { value: "农村", label: "农村" },
      ],
      ...when("move"),
    },
    {
      ...{ name: "address", label: "住址（组、门牌号）", type: "text", max: 200, initial: h.address },
      ...when("move"),
    },
    {
      ...{ name: "reason", label: "事由和依据", type: "longtext", required: true, min: 2, max: 300 },
      visible: { not: { field: "kind", is: "head" } },
    },
  ];
}

function changeOf(v: Record<string, unknown>): Change {
  const text = (name: string) => String(v[name] ?? "").trim();
  const reason = text("reason");
  switch (v.kind) {
    case "member-out":
      return { kind: "member-out", personId: text("personId"), on: text("on"), reason };
    case "head":
      return {
        kind: "head",
        headPersonId: text("headPersonId"),
        relations: Object.keys(v).flatMap((k) =>
          k.startsWith(relationOf(""))
            ? [{ personId: k.slice(relationOf("").length), relation: text(k) }]
            : [],
        ),
      };
    default:
      return {
        ...{ kind: "move", divisionCode: text("divisionCode"), address: text("address"), reason },
        areaClass: text("areaClass") === "城市" ? "城市" : "农村",
      };
  }
}

export function HomeChangeDrawer({ of: h, close }: { of: Household; close: () => void }) {
  const queries = useQueryClient();
  const today = useToday();
  const { message } = App.useApp();
  const fields = fieldsOf(h);
  return (
    <DrawerForm
      title="家庭变更"
      verb="确认变更"
      intro={
        <p className="quiet">
          {h.headName} 户。只改户里的登记；在享待遇的成员减少、转移、分户，在那项待遇的页面办。
        </p>
      }
      fields={fields}
      initial={{ ...initialOf(fields), on: today }}
      close={close}
      send={async (v) => {
        await api.changeHousehold({ params: { id: h.id }, body: changeOf(v) });
        await queries.invalidateQueries({ queryKey: ["getHousehold"] });
        void queries.invalidateQueries({ queryKey: ["getPerson"] });
        message.success("已变更。");
        close();
      }}
    />
  );
}
