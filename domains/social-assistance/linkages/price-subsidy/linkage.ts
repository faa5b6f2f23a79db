/** 价格临时补贴: prices rise, who draws is given something on top, month by month, until they fall back. */
import { defineLinkage } from "@wuxin/declare";

export const linkage = defineLinkage({
  code: "price-subsidy",
  title: "价格临时补贴",
  shortTitle: "价格补贴",
  basis: [{ title: "社会救助和保障标准与物价上涨挂钩的联动机制", unverified: true }],
  index: [
    { name: "居民消费价格涨幅", label: "居民消费价格指数同比涨幅", help: "当月同比，如 3.5" },
    { name: "食品价格涨幅", label: "食品价格同比涨幅", help: "当月同比，如 6.2" },
    {
      name: "低收入居民价格涨幅",
      label: "低收入居民基本生活费用价格同比涨幅",
      help: "没有编制的，填居民消费价格涨幅",
    },
  ],
  inputs: { areaClass: "区域类型", drawn: "对象类别" },
  classes: [
    { item: "subsistence-allowance", value: "低保对象" },
    { item: "destitute-support", value: "特困人员" },
    { item: "orphan-support", value: "孤儿" },
    { item: "unsupported-child-support", value: "事实无人抚养儿童" },
  ],
  outcome: { starts: "联动启动", amount: "物价联动补贴", explain: ["联动启动", "每人补贴"] },
  entitlement: {
    exclusivityGroup: "价格临时补贴",
    benefits: ["价格临时补贴"],
    plausibleMaxFen: 30_000,
  },
});
