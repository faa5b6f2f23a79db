import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { isOutside, OUTSIDE_ROLES, ROLES, type Role } from "@wuxin/declare/roles";
import { newId } from "@wuxin/kernel";
import { App } from "antd";
import { useRef } from "react";
import { api, ask, type Reply } from "../../app/api.ts";
import { useDivisions, useSession } from "../../app/session.tsx";
import { DrawerForm } from "../../parts/drawer-form.tsx";

const PASSWORD: Field = {
  name: "password",
  label: "初始密码",
  type: "text",
  required: true,
  min: 10,
  help: "至少 10 位，同时有字母和数字。请当面告诉本人，并提醒登录后修改。",
};

export function CreateAccount({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { county } = useSession();
  const divisions = useDivisions();
  const parties = useQuery(ask("listParties", {}));
  const id = useRef(newId());
  const outside = Object.keys(OUTSIDE_ROLES);
  const fields: readonly Field[] = [
    { name: "name", label: "姓名", type: "text", required: true, max: 50 },
    {
      name: "loginName",
      label: "登录名",
      type: "text",
      required: true,
      min: 3,
      max: 40,
      help: "小写字母开头，可含数字、点、横线。",
    },
    {
      name: "role",
      label: "角色",
      type: "choice",
      required: true,
      choices: (Object.keys(ROLES) as Role[])
        .filter((r) => r !== "resident")
        .map((r) => ({ value: r, label: ROLES[r] })),
    },
    {
      name: "scope",
      label: "管辖范围",
      type: "choice",
      visible: { not: { field: "role", in: outside } },
      required: { not: { field: "role", in: outside } },
      choices: [
        { value: county.code, label: `${county.name}（全县）` },
        ...divisions.rows.map((d) => ({ value: d.code, label: d.name })),
      ],
    },
    ...(Object.entries(OUTSIDE_ROLES) as [Role, string][]).map(
      ([role, kind]): Field => ({
        ...{ name: kind, label: kind === "department" ? "哪个部门" : "哪一家机构", type: "choice" },
        choices: (parties.data ?? [])
          .filter((p) => p.kind === kind)
          .map((p) => ({ value: p.party, label: p.name })),
        ...{ visible: { field: "role", is: role }, required: { field: "role", is: role } },
        help: "只看得到交给这个单位的事，看不到别的。",
      }),
    ),
    PASSWORD,
  ];
  return (
    <DrawerForm
      title="新建账号"
      verb="新建"
      fields={fields}
      close={close}
      send={async (v) => {
        await api.createAccount({
          body: {
            id: id.current,
            name: String(v.name),
            loginName: String(v.loginName),
            role: v.role as Role,
            scope: isOutside(String(v.role)) ? "" : String(v.scope),
            ...(v.department ? { party: String(v.department) } : {}),
            ...(v.institution ? { party: String(v.institution) } : {}),
            password: String(v.password),
          },
        });
        await queries.invalidateQueries({ queryKey: ["listAccounts"] });
        message.success("账号已新建。");
        close();
      }}
    />
  );
}

export function ResetPassword({ row, close }: { row: Reply<"listAccounts">[number]; close: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (
    <DrawerForm
      title={`重置密码 · ${row.name}`}
      verb="重置"
      fields={[PASSWORD]}
      close={close}
      send={async (v) => {
        await api.updateAccount({ params: { id: row.id }, body: { password: String(v.password) } });
        await queries.invalidateQueries({ queryKey: ["listAccounts"] });
        message.success("密码已重置。");
        close();
      }}
    />
  );
}
