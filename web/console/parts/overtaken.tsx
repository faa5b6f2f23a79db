import { Button } from "antd";
import { dateTime } from "../../kit/format.ts";

interface Props {
  by: string;
  at: string;
  take: () => void;
}
/** Over a text that somebody is writing while another saved his: nothing is lost, and neither writes over the other unseen. */
export function Overtaken({ by, at, take }: Props) {
  return (
    <p className="danger" role="alert" data-testid="overtaken">
      {by} {dateTime(at)} 保存了新的一版。您在这里改的还没有保存，不能盖过去：请把要留的先复制出来，再
      <Button size="small" onClick={take} data-testid="take-newest">
        换成新的一版
      </Button>
      接着改。
    </p>
  );
}
