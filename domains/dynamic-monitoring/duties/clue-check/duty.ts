import { defineDuty } from "@wuxin/declare";

/** 线索核查：国办发〔2023〕39号要求对预警线索入户核实；问什么没有全国表样，下面是本系统的提法。 */
export const duty = defineDuty({
  code: "clue-check",
  title: "线索入户核查",
  system: "救助",
  capability: "DM-03",
  basis: [
    { title: "关于加强低收入人口动态监测做好分层分类社会救助工作的意见", document: "国办发〔2023〕39号" },
  ],
  method: "visit",
  role: "village",
  source: { from: "clues" },
  form: [
    {
      name: "met",
      label: "见到谁",
      type: "choice",
      required: true,
      choices: [
        { value: "self", label: "本人" },
        { value: "family", label: "家人" },
        { value: "neighbour", label: "只见到邻居" },
        { value: "nobody", label: "家里没人" },
      ],
    },
    {
      name: "matches",
      label: "与线索说的一样吗",
      type: "choice",
      required: true,
      choices: [
        { value: "yes", label: "属实" },
        { value: "partly", label: "部分属实" },
        { value: "no", label: "不属实" },
      ],
    },
    {
      name: "hardship",
      label: "有什么困难",
      type: "choices",
      choices: [
        { value: "living", label: "吃穿" },
        { value: "medical", label: "看病" },
        { value: "school", label: "上学" },
        { value: "housing", label: "住房" },
        { value: "work", label: "就业" },
        { value: "care", label: "照护" },
      ],
    },
    {
      name: "proposal",
      label: "建议怎么办",
      type: "choice",
      required: true,
      choices: [
        { value: "apply", label: "帮他申请救助" },
        { value: "adjust", label: "待遇要调整" },
        { value: "stop", label: "不再符合" },
        { value: "refer", label: "找别的部门" },
        { value: "none", label: "没有变化" },
      ],
    },
    { name: "findings", label: "看到的情况", type: "longtext", required: true, min: 4, max: 500 },
  ],
});
