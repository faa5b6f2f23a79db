/** The rows that a figure of one month is made of, each opening what it is about: a person, a case, a roster, an entry. */
import { useQuery } from "@tanstack/react-query";
import type { Role } from "@wuxin/declare/roles";
import { may } from "../app/access.ts";
import { ask, type Reply } from "../app/api.ts";
import { useSession } from "../app/session.tsx";
import { Go, Scroll } from "./page.tsx";
import { Blank, Loaded } from "./states.tsx";

type Row = Reply<"drillIndicator">["rows"][number];
interface CountedRowsProps {
  readonly code: string;
  readonly month: string;
  readonly division?: string | undefined;
}

type Door = Parameters<typeof may>[1];
const PAGES: Readonly<Record<string, readonly [path: string, door: Door]>> = {
  entitlement: ["/entitlements", "listEntitlements"],
  case: ["/cases", "listCases"],
  roster: ["/rosters", "listRosters"],
  recovery: ["/recoveries", "listRecoveries"],
  "spot-check": ["/spot-checks", "listSpotChecks"],
  clue: ["/clues", "listClues"],
  check: ["/checks", "listChecks"],
  "check-package": ["/check-packages", "listCheckPackages"],
  person: ["/persons", "search"],
  household: ["/households", "search"],
  plan: ["/plans", "listPlans"],
  summary: ["/summaries", "listSummaries"],
  statistics: ["/statistics", "listStatistics"],
};

/** Where a row leads; "" where its page has no address of its own or the reader may not open it. */
function pageOf({ opens = "", id = "" }: Row, role: Role): string {
  const [kind = "", register] = opens.split(":");
  if (kind === "register" && register)
    return may(role, "listRegisters") ? `/registers/${register}?entry=${id}` : "";
  const page = PAGES[kind];
  return page && id !== "" && may(role, page[1]) ? `${page[0]}/${id}` : "";
}

export function CountedRows({ code, month, division }: CountedRowsProps) {
  const { account } = useSession();
  const rows = useQuery(
    ask("drillIndicator", { params: { code }, query: { month, ...(division ? { division } : {}) } }),
  );
  return (
    <Loaded query={rows} small>
      {(d) =>
        d.total === 0 && d.rows.length === 0 ? (
          <Blank small mark="行" title="没有行">
            {month} 这个数为零。
          </Blank>
        ) : (
          <>
            <p className="quiet tabular">
              {month} 共 {d.total} 行{d.rows.length < d.total && `，先列前 ${d.rows.length} 行`}，
              {d.frozen
                ? `就是${d.frozen.version === 1 ? "月末冻结" : `第 ${d.frozen.version} 版`}时计入的那些行，${
                    d.frozen.changed === 0
                      ? "以后没有变化"
                      : `以后有变化的 ${d.frozen.changed} 行排在前面，写明变了什么`
                  }`
                : "按今天的台账"}
            </p>
            <Scroll label={`${month} 这个数的各行`}>
              <table className="plain-table" data-testid="counted-rows">
                <thead>
                  <tr>
                    {d.columns.map((c) => (
                      <th key={c.key}>{c.label}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {d.rows.map((r, n) => {
                    const page = pageOf(r, account.role);
                    const opening = d.columns.find((c) => c.key !== "since")?.key;
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: one id may stand in several rows, and they do not move
                      <tr key={n} className={r.since ? "row-since" : undefined}>
                        {d.columns.map((c) => (
                          <td key={c.key}>
                            {c.key === opening && page ? (
                              <Go href={page}>{r[c.key] || "打开"}</Go>
                            ) : (
                              r[c.key] || "—"
                            )}
                          </td>
                        ))}
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </Scroll>
          </>
        )
      }
    </Loaded>
  );
}
