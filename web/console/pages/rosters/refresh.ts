import { useQueryClient } from "@tanstack/react-query";
import { ask, type Reply } from "../../app/api.ts";

/** After a step on a roster: its page is what the server answered; what depends on it is asked again. */
export function useRosterRefresh(id: string) {
  const queries = useQueryClient();
  return (next?: Reply<"getRoster">) => {
    const { queryKey } = ask("getRoster", { params: { id } });
    if (next) queries.setQueryData(queryKey, next);
    else void queries.invalidateQueries({ queryKey });
    for (const k of ["listRosterLines", "listRosters", "listFailures", "workbench", "getPerson"])
      void queries.invalidateQueries({ queryKey: [k] });
  };
}
