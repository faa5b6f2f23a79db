import { useQuery } from "@tanstack/react-query";
import type { SessionView } from "@wuxin/contract";
import { createContext, useContext } from "react";
import { ask } from "./api.ts";

const SessionContext = createContext<SessionView | null>(null);
export const SessionProvider = SessionContext.Provider;

/** Who is logged in; the frame renders pages only when somebody is. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of the frame");
  return session;
}

const LONG = { staleTime: 10 * 60_000 };

/** The county's facts: name, switches, and the day the server lives in. */
export function useCounty() {
  const { county } = useSession();
  return useQuery({ ...ask("getCounty", { params: { county: county.code } }), ...LONG });
}
/** Today by the server's clock; the machine's own until the answer is there. */
export function useToday(): string {
  const { data } = useCounty();
  return data?.today ?? new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
}
export function useItems() {
  const { county } = useSession();
  return useQuery({ ...ask("listItems", { params: { county: county.code } }), ...LONG });
}
/** Divisions inside the reader's scope (a village worker sees his village, a county officer everything). */
export function useDivisions() {
  const { county, account } = useSession();
  const query = useQuery({ ...ask("listDivisions", { params: { county: county.code } }), ...LONG });
  const rows = (query.data ?? []).filter(
    (d) => d.level !== "county" && (d.code.startsWith(account.scope) || account.scope.startsWith(d.code)),
  );
  return { ...query, rows };
}
/** The boundaries of the places below one; null where the county gave none. */
export function useOutline(of: string | undefined) {
  const { county } = useSession();
  return useQuery({
    ...ask("getOutline", { params: { county: county.code }, query: { of: of ?? county.code } }),
    ...LONG,
    enabled: of !== undefined,
  });
}
