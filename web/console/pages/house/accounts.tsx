import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { may } from "../../app/access.ts";
import { type Ask, api, ask, type Reply, sentence } from "../../app/api.ts";
import { useSession } from "../../app/session.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { CreateAccount, ResetPassword } from "./account-forms.tsx";

type Row = Reply<"listAccounts">[number];
type Change = NonNullable<Ask<"updateAccount">["body"]>;

export default function Accounts() {
  const { account } = useSession();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const rows = useQuery(ask("listAccounts", {}));
  const [creating, setCreating] = useState(false);
  const [resetting, setResetting] = useState<Row | null>(null);
  const update = useMutation({
    mutationFn: ({ id, body }: { id: string; body: Change }) => api.updateAccount({ params: { id }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["listAccounts"] });
      message.success("已办理。");
    },
    onError: (e) => message.error(sentence(e)),
  });
  const sure = (row: Row, title: string, verb: string, body: Change) =>
    modal.confirm({
      title,
      content: `${row.name}（${row.roleName} · ${row.scopeName}）`,
      okText: verb,
      cancelText: "先不办",
      onOk: () => update.mutateAsync({ id: row.id, body }).catch(() => undefined),
    });
  const editable = may(account.role, "updateAccount");
  const columns: TableColumnsType<Row> = [
    { title: "姓名", dataIndex: "name", className: "nowrap" },
    { title: "登录名", dataIndex: "loginName" },
    { title: "角色", dataIndex: "roleName", className: "nowrap" },
    { title: "管辖范围或单位", dataIndex: "scopeName", className: "nowrap" },
    {
      title: "状态",
      render: (_, r) =>
        !r.active ? (
          <State tone="neutral">已停用</State>
        ) : r.locked ? (
          <State tone="bad">已锁定</State>
        ) : (
          <State tone="good">正常</State>
        ),
    },
    {
      title: "动态口令",
      dataIndex: "totpEnabled",
      render: (t: boolean) => (t ? "已绑定" : <span className="quiet">未绑定</span>),
    },
    {
      title: "最近登录",
      dataIndex: "lastLoginAt",
      className: "nowrap",
      render: (t: string | null) => (t ? dateTime(t) : <span className="quiet">从未</span>),
    },
    ...(editable
      ? [
          {
            title: "办理",
            render: (_: unknown, r: Row) => (
              <Dropdown
                trigger={["click"]}
                menu={{
                  items: [
                    r.active ? { key: "off", label: "停用", danger: true } : { key: "on", label: "启用" },
                    ...(r.locked ? [{ key: "unlock", label: "解锁" }] : []),
                    { key: "password", label: "重置密码" },
                    ...(r.totpEnabled ? [{ key: "totp", label: "解除动态口令" }] : []),
                  ],
                  onClick: ({ key }) => {
                    if (key === "off")
                      sure(r, "停用这个账号？正在登录的会话会立即失效。", "停用", { active: false });
                    if (key === "on") sure(r, "启用这个账号？", "启用", { active: true });
                    if (key === "unlock") sure(r, "解锁这个账号？", "解锁", { unlock: true });
                    if (key === "totp")
                      sure(r, "解除动态口令？本人须重新绑定。", "解除", { resetTotp: true });
                    if (key === "password") setResetting(r);
                  },
                }}
              >
                <Button size="small" data-testid={`account-${r.loginName}`}>
                  办理
                </Button>
              </Dropdown>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title="账号"
      testId="accounts"
      note="系统、安全、审计三员分设，互不兼任，也都不办理业务。别的部门和机构的账号只看得到交给它的事。"
      actions={
        may(account.role, "createAccount") && (
          <Button type="primary" onClick={() => setCreating(true)} data-testid="new-account">
            新建账号
          </Button>
        )
      }
    >
      <Loaded query={rows}>
        {(data) => (
          <Panel flush>
            {data.length === 0 ? (
              <Blank mark="人" title="还没有账号">
                由系统管理员新建。
              </Blank>
            ) : (
              <Table<Row>
                size="small"
                rowKey="id"
                dataSource={data}
                columns={columns}
                pagination={data.length > 50 ? { pageSize: 50, size: "small" } : false}
                scroll={{ x: "max-content" }}
              />
            )}
          </Panel>
        )}
      </Loaded>
      {creating && <CreateAccount close={() => setCreating(false)} />}
      {resetting && <ResetPassword row={resetting} close={() => setResetting(null)} />}
    </Page>
  );
}
