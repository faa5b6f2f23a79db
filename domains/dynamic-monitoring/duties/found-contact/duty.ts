import { defineDuty, WISHES } from "@wuxin/declare";

/** 政策找人：找到的人要有人告知、问他愿不愿意申请；不愿的写明原因。问什么没有全国表样，下面是本系统的提法。 */
const REASONS = ["家里过得去，不需要", "嫌手续麻烦", "不愿公示", "不愿授权核对", "家里人不同意", "其他"];

export const duty = defineDuty({
  code: "found-contact",
  title: "政策找人联系",
  system: "救助",
  capability: "DM-06",
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  method: "visit",
  role: "village",
  source: { from: "clues", found: true },
  form: [
    {
      name: "how",
      label: "怎么联系的",
      type: "choice",
      required: true,
      choices: [
        { value: "door", label: "上门" },
        { value: "phone", label: "打电话" },
        { value: "message", label: "发短信、微信" },
        { value: "family", label: "托家人转告" },
      ],
    },
    {
      name: "wish",
      label: "联系结果",
      type: "choice",
      required: true,
      choices: Object.entries(WISHES).map(([value, label]) => ({ value, label })),
    },
    {
      name: "why",
      label: "为什么不愿意",
      type: "choice",
      required: true,
      visible: { field: "wish", is: "unwilling" },
      choices: REASONS.map((r) => ({ value: r, label: r })),
      help: "请本人在纸上签字写明不申请，拍下来附上；以后想申请随时可以。",
    },
    {
      name: "nextOn",
      label: "下次什么时候联系",
      type: "date",
      allowFuture: true,
      visible: { field: "wish", in: ["willing", "unreachable"] },
    },
    { name: "findings", label: "怎么说的", type: "longtext", required: true, min: 2, max: 500 },
  ],
});
