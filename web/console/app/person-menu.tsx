import { DownOutlined, UserOutlined } from "@ant-design/icons";
import { ROLES } from "@wuxin/declare/roles";
import { Dropdown } from "antd";
import { lazy, Suspense, useState } from "react";
import { api } from "./api.ts";
import { useSession } from "./session.tsx";

const PasswordDialog = lazy(() => import("./password-dialog.tsx"));
const TotpDialog = lazy(() => import("./totp-dialog.tsx"));

export function PersonMenu() {
  const { account } = useSession();
  const [dialog, setDialog] = useState<"password" | "totp" | null>(null);
  const close = () => setDialog(null);
  async function leave() {
    await api.logout({}).catch(() => undefined);
    sessionStorage.clear();
    window.location.assign("/console/");
  }
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "who", label: `${ROLES[account.role]} · ${account.loginName}`, disabled: true },
            { type: "divider" },
            { key: "password", label: "修改密码" },
            { key: "totp", label: account.totpEnabled ? "动态口令（已绑定）" : "绑定动态口令" },
            { key: "leave", label: "退出登录" },
          ],
          onClick: ({ key }) => (key === "leave" ? void leave() : setDialog(key as "password" | "totp")),
        }}
      >
        <button type="button" className="plain-button top-person" data-testid="person-menu">
          <UserOutlined />
          <span>{account.name}</span>
          <span className="quiet small top-role">{ROLES[account.role]}</span>
          <DownOutlined className="small quiet" />
        </button>
      </Dropdown>
      <Suspense>
        {dialog === "password" && <PasswordDialog close={close} />}
        {dialog === "totp" && <TotpDialog close={close} />}
      </Suspense>
    </>
  );
}
