import { useQueryClient } from "@tanstack/react-query";

/** After a figure was frozen, corrected or explained. */
export function useRefresh() {
  const queries = useQueryClient();
  return () => {
    for (const k of ["listIndicators", "getSnapshots"]) void queries.invalidateQueries({ queryKey: [k] });
  };
}
