import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { ask, type Reply } from "../../app/api.ts";
import { State } from "../../parts/marks.tsx";
import { CasesPanel, ChainView, EntitlementsPanel, MonthStrip } from "../../parts/months.tsx";
import { Facts, Page, Panel } from "../../parts/page.tsx";
import { Blank, Loaded } from "../../parts/states.tsx";
import { BankAccountDrawer } from "./bank-account.tsx";
import { DeathDrawer } from "./death.tsx";
import { CorrectDeathDrawer, DeathCorrectionPanel } from "./death-correction.tsx";
import { Masked } from "./masked.tsx";

const route = getRouteApi("/persons/$id");
type Person = Reply<"getPerson">;

export default function PersonRoute() {
  const { id } = route.useParams();
  const query = useQuery(ask("getPerson", { params: { id } }));
  return <Loaded query={query}>{(p) => <PersonView person={p} />}</Loaded>;
}

function PersonView({ person: p }: { person: Person }) {
  const [drawer, setDrawer] = useState<"account" | "death" | "correct" | null>(null);
  // What somebody has to do stands first; what is done stands with the benefits.
  const c = p.deathCorrection;
  const waits = c && (c.state === "proposed" || c.toTell.length > 0 || c.held.length > 0) ? c : null;
  return (
    <Page
      title={p.name}
      testId="person"
      note={
        <span className="row">
          {p.sex} · {p.age} 岁 · {p.birthDate} 出生 · {p.divisionName}
          {p.diedOn && <State tone="bad">{p.diedOn} 死亡</State>}
          {p.householdId && (
            <Link to="/households/$id" params={{ id: p.householdId }}>
              家庭页
            </Link>
          )}
        </span>
      }
      actions={
        <>
          {p.canEditAccount && (
            <Button onClick={() => setDrawer("account")} data-testid="edit-account">
              更正收款账户
            </Button>
          )}
          {p.canCorrectDeath && (
            <Button onClick={() => setDrawer("correct")} data-testid="correct-death">
              更正死亡登记
            </Button>
          )}
          {p.canReportDeath && !p.diedOn && (
            <Button danger onClick={() => setDrawer("death")} data-testid="report-death">
              登记死亡
            </Button>
          )}
        </>
      }
    >
      {waits && <DeathCorrectionPanel correction={waits} />}
      <MonthStrip months={p.months} />
      <div className="columns-2">
        <div className="side-stack">
          <EntitlementsPanel rows={p.entitlements} />
          {p.deathCorrection && !waits && <DeathCorrectionPanel correction={p.deathCorrection} />}
          <ChainView chain={p.chain} />
          {p.facts.length > 0 && (
            <Panel title="已知事实">
              <dl className="fact-list">
                {p.facts.map((f) => (
                  <div key={`${f.fact}${f.source}${f.date}`}>
                    <dt>{f.fact}</dt>
                    <dd>
                      <b>{f.text}</b>
                      <span className="quiet small">
                        {f.source} · {f.date}
                      </span>
                    </dd>
                  </div>
                ))}
              </dl>
            </Panel>
          )}
        </div>
        <div className="side-stack">
          <Panel title="基本情况">
            <Facts
              rows={[
                ["身份证号", <Masked key="i" person={p} field="idNo" value={p.idNoMasked} />],
                [
                  "手机",
                  p.phoneMasked ? (
                    <Masked key="p" person={p} field="phone" value={p.phoneMasked} />
                  ) : (
                    "未登记"
                  ),
                ],
                ["住址", p.address || "未登记"],
              ]}
            />
          </Panel>
          <Panel title="收款账户" testId="account">
            {p.account ? (
              <Facts
                rows={[
                  ["户名", p.account.holderName],
                  ["账号", <Masked key="a" person={p} field="account" value={p.account.accountMasked} />],
                  ["开户银行", p.account.bankName],
                  ["启用日期", p.account.since],
                ]}
              />
            ) : (
              <Blank small mark="卡" title="未登记收款账户">
                没有账户时，待遇会列入名册但不能代发。
              </Blank>
            )}
          </Panel>
          <CasesPanel rows={p.cases} />
        </div>
      </div>
      {drawer === "account" && <BankAccountDrawer person={p} close={() => setDrawer(null)} />}
      {drawer === "correct" && <CorrectDeathDrawer person={p} close={() => setDrawer(null)} />}
      {drawer === "death" && <DeathDrawer person={p} close={() => setDrawer(null)} />}
    </Page>
  );
}
