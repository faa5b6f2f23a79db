/** One paper, to be read and printed. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { Button } from "antd";
import { ask } from "../app/api.ts";
import { useTitle } from "../parts/page.tsx";
import { Paper } from "../parts/paper.tsx";
import { Loaded } from "../parts/states.tsx";

const route = getRouteApi("/documents/$id");

export default function DocumentPage() {
  const { id } = route.useParams();
  const router = useRouter();
  const query = useQuery({ ...ask("getDocument", { params: { id } }), staleTime: Number.POSITIVE_INFINITY });
  useTitle(query.data?.title ?? "文书");
  return (
    <Loaded query={query}>
      {(d) => (
        <div data-testid="document">
          <div className="row no-print document-bar">
            <Button onClick={() => router.history.back()}>返回</Button>
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
          </div>
          <Paper of={d} />
        </div>
      )}
    </Loaded>
  );
}
