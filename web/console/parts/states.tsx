/** The designed states of a page or a part of it: loading, empty, error, forbidden, not found. */
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { ApiError } from "../app/api.ts";
import "../styles/states.css";

interface BlankProps {
  mark: string;
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
  small?: boolean;
}
/** A quiet sentence where something would stand, and where to start. */
export function Blank({ mark, title, children, action, small }: BlankProps) {
  return (
    <div className={small ? "blank blank-small" : "blank"} role="status">
      <div className="blank-mark" aria-hidden="true">
        {mark}
      </div>
      <p className="blank-title">{title}</p>
      {children && <div className="blank-text">{children}</div>}
      {action && <div className="blank-action">{action}</div>}
    </div>
  );
}

const home = (
  <Link to="/">
    <Button>回到工作台</Button>
  </Link>
);

export function Failed({ error, retry, small }: { error: unknown; retry?: () => void; small?: boolean }) {
  const again = retry && <Button onClick={retry}>重试</Button>;
  const size = small ? { small } : {};
  if (!(error instanceof ApiError))
    return (
      <Blank mark="!" title="页面出错" action={again} {...size}>
        请刷新后重试；仍不行时请联系系统管理员。
      </Blank>
    );
  const { status, message } = error.problem;
  if (status === 403)
    return (
      <Blank mark="禁" title="这里不在您的权限内" action={small ? undefined : home} {...size}>
        {message}如确需查看，请向系统管理员申请相应角色。
      </Blank>
    );
  if (status === 404)
    return (
      <Blank mark="无" title="没有找到" action={small ? undefined : home} {...size}>
        {message.includes("管辖范围") ? message : `${message}可能已被删除，或不在您的管辖范围内。`}
      </Blank>
    );
  if (status === 0)
    return (
      <Blank mark="断" title="网络不通" action={again} {...size}>
        已填的内容还在。请检查网络后重试。
      </Blank>
    );
  return (
    <Blank mark="!" title={message} action={again} {...size}>
      仍不行时请联系系统管理员。
    </Blank>
  );
}

export function NotFound() {
  return (
    <Blank mark="无" title="没有这个页面" action={home}>
      请检查网址，或从左侧导航进入。
    </Blank>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T, Error>;
  rows?: number;
  small?: boolean;
  children: (data: T) => React.ReactNode;
}
/** Renders what was asked for, or the skeleton or sentence that stands for it. */
export function Loaded<T>({ query, rows = 6, small, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError)
    return <Failed error={query.error} retry={() => void query.refetch()} {...(small ? { small } : {})} />;
  return (
    <div className="loading" aria-busy="true">
      <span className="sr-only">正在载入</span>
      <Skeleton active title={!small} paragraph={{ rows }} />
    </div>
  );
}
