/** What one meets first: the workbench of the house, or the desk of an outside party. */
import { isOutside } from "@wuxin/declare/roles";
import { lazy, Suspense } from "react";
import { useSession } from "../app/session.tsx";

const Workbench = lazy(() => import("./workbench/workbench.tsx"));
const PartyDesk = lazy(() => import("./party/desk.tsx"));

export default function Home() {
  const { account } = useSession();
  return <Suspense>{isOutside(account.role) ? <PartyDesk /> : <Workbench />}</Suspense>;
}
