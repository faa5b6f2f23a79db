import { useQueryClient } from "@tanstack/react-query";
import { Modal } from "antd";
import { ask } from "./api.ts";
import { LoginForm } from "./login-form.tsx";
import { relogin } from "./relogin-store.ts";
import { useSession } from "./session.tsx";

/** Lies over whatever was being done; what was typed stays, and the waiting request is repeated. */
export function ReloginDialog() {
  const { account, county } = useSession();
  const queries = useQueryClient();
  return (
    <Modal
      open
      title="登录已失效，请重新登录"
      footer={null}
      width={400}
      mask={{ closable: false }}
      onCancel={() => relogin.settle(false)}
    >
      <div data-testid="relogin">
        <p className="quiet">已填的内容都还在。登录后会接着刚才的操作继续。</p>
        <LoginForm
          known={{ county: county.code, loginName: account.loginName }}
          onDone={(session) => {
            queries.setQueryData(ask("getSession", {}).queryKey, session);
            relogin.settle(true);
            // Another person's lists are not this person's.
            if (session.account.id !== account.id) window.location.reload();
          }}
        />
      </div>
    </Modal>
  );
}
