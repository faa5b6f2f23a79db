import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Field } from "@wuxin/declare/fields";
import { Alert, App, Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { dateTime } from "../../../kit/format.ts";
import { api, ask, type Reply } from "../../app/api.ts";
import { DrawerForm } from "../../parts/drawer-form.tsx";
import { State } from "../../parts/marks.tsx";
import { Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";

type Phone = Reply<"listFieldDevices">[number];

/** The phones that carry lists, worker by worker; a lost one is cut off here. */
export default function Phones() {
  const query = useQuery(ask("listFieldDevices", {}));
  const [lost, setLost] = useState<Phone>();
  return (
    <Page
      title="走访手机"
      testId="phones"
      note="每部登录过走访端（/field/）的手机列在这里。手机丢失、换人、离岗的，马上停用：密钥销毁，该账号在各处退出登录，手机下次联网即清空；不联网的，离上次联网满一天就打不开。"
    >
      <Loaded query={query}>
        {(data) => (
          <Panel flush>
            {data.length === 0 ? (
              <Blank mark="机" title="还没有登记的手机">
                走访人员第一次在手机上登录走访端时自动登记。
              </Blank>
            ) : (
              <Table<Phone>
                size="small"
                rowKey="id"
                data-testid="phone-list"
                dataSource={data}
                columns={columns(setLost)}
                pagination={data.length > 50 ? { pageSize: 50, size: "small" } : false}
                scroll={{ x: "max-content" }}
              />
            )}
          </Panel>
        )}
      </Loaded>
      {lost && <CutOff phone={lost} close={() => setLost(undefined)} />}
    </Page>
  );
}

const columns = (cut: (phone: Phone) => void): TableColumnsType<Phone> => [
  { title: "使用人", dataIndex: "accountName" },
  { title: "村（社区）、乡镇", dataIndex: "divisionName" },
  { title: "手机", dataIndex: "label" },
  { title: "登记", dataIndex: "enrolledAt", render: dateTime },
  { title: "最近联网", dataIndex: "lastSeenAt", render: dateTime },
  {
    title: "状态",
    render: (_, p) =>
      p.revokedAt === null ? (
        <State tone="good">在用</State>
      ) : (
        <>
          <State tone="bad">已停用</State>{" "}
          <span className="quiet">
            {p.revokedBy} {dateTime(p.revokedAt)}
            {p.revokeReason && `：${p.revokeReason}`}
          </span>
        </>
      ),
  },
  {
    title: "",
    render: (_, p) =>
      p.canRevoke && (
        <Button
          danger
          size="small"
          onClick={() => cut(p)}
          data-testid="cut-off"
          aria-label={`停用${p.accountName}的手机`}
        >
          停用
        </Button>
      ),
  },
];

const FIELDS: readonly Field[] = [
  {
    name: "reason",
    label: "为什么停用",
    type: "longtext",
    required: true,
    min: 2,
    max: 200,
    help: "例如：手机丢失、换了手机、不再担任。",
  },
];

function CutOff({ phone, close }: { phone: Phone; close: () => void }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return (
    <DrawerForm
      title={`停用${phone.accountName}的手机`}
      verb="停用"
      danger
      fields={FIELDS}
      intro={
        <Alert
          type="warning"
          showIcon
          title="停用后不能恢复，手机上还没上传的走访会丢失。账号仍能在别的手机上登录：人离岗的，请系统管理员停用账号；密码可能泄露的，请本人改密码。"
        />
      }
      close={close}
      send={async (v) => {
        await api.revokeFieldDevice({ params: { id: phone.id }, body: { reason: String(v.reason) } });
        await queries.invalidateQueries({ queryKey: ["listFieldDevices"] });
        message.success("已停用。");
        close();
      }}
    />
  );
}
