import "../kit/tokens.css";
import "./styles/base.css";
import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createRoot } from "react-dom/client";
import { ApiError } from "./app/api.ts";
import { router } from "./app/router.tsx";
import { theme } from "./app/theme.ts";

dayjs.locale("zh-cn");

const queries = new QueryClient({
  mutationCache: new MutationCache({
    // Somebody was first: what stands on the page is of before. A text that is being written keeps the version that its
    // writer saw, so that its next save does not go over what the other wrote.
    onError: (e) => {
      if (e instanceof ApiError && e.problem.status === 409) void queries.invalidateQueries();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal does not become a permission by asking again; a lost connection may.
      retry: (times, e) =>
        times < 2 && e instanceof ApiError && (e.problem.status === 0 || e.problem.status >= 502),
    },
  },
});

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <QueryClientProvider client={queries}>
        <App component={false}>
          <RouterProvider router={router} />
        </App>
      </QueryClientProvider>
    </ConfigProvider>,
  );
