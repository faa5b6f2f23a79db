/** What a field is called where no form stands beside the refusal: the first sentence of an error names it. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  ...{
    digest: "摘要",
    page: "页码",
    size: "每页条数",
    sort: "排序",
    q: "查找的字",
    show: "显示范围",
    filter: "筛选",
    open: "是否在办",
  },
  ...{ county: "县（区）", division: "行政区划", township: "乡镇（街道）", scope: "范围", mine: "只看我的" },
  ...{
    year: "年份",
    month: "月份",
    since: "起始日期",
    to: "截止日期",
    from: "起始日期",
    on: "日期",
    date: "日期",
  },
  ...{
    after: "起始位置",
    before: "终止位置",
    again: "是否重来",
    asOf: "截至日期",
    replaces: "更正当天名单",
    due: "期限",
    late: "是否逾期",
    period: "期间",
  },
  ...{
    account: "账户",
    accountNo: "银行账号",
    loginName: "登录名",
    password: "密码",
    code: "代码",
    role: "角色",
  },
  ...{
    actor: "操作人",
    action: "操作",
    by: "分组",
    of: "对象",
    how: "方式",
    kind: "类别",
    class: "分类",
    level: "级别",
  },
  ...{
    state: "状态",
    light: "亮灯",
    item: "事项",
    case: "办件",
    id: "编号",
    objectId: "编号",
    device: "设备",
  },
  ...{
    name: "姓名（名称）",
    title: "标题",
    phone: "电话",
    phoneTail: "手机后四位",
    idNo: "身份证号",
    idTail: "身份证号后几位",
  },
  ...{
    amountFen: "金额",
    limitFen: "上限",
    reason: "理由",
    note: "说明",
    text: "内容",
    words: "情况",
    answer: "答复",
  },
  ...{ result: "结果", outcome: "结论", document: "文号", voucher: "凭证号", payee: "收款人", basis: "依据" },
  ...{
    source: "来源",
    partner: "对方",
    feed: "名单",
    person: "人员",
    cell: "格子",
    change: "变化",
    rule: "规则",
    flag: "疑点",
    flagged: "是否有疑点",
  },
  ...{
    sample: "抽样",
    benefit: "待遇",
    deviates: "是否偏离",
    differing: "是否有出入",
    proposes: "提出的办法",
  },
  ...{ format: "格式", system: "系统", rectifyBy: "整改期限", receivedOn: "到账日期", issuedOn: "文件日期" },
  ...{ paidOn: "支付日期", fileName: "文件名", seed: "种子", values: "各档数值", address: "地址" },
};
const nameOf = (path: string): string => {
  const last = path.split("/").findLast((part) => part !== "" && !/^\d+$/.test(part)) ?? "";
  return FIELD_NAMES[last] ?? last;
};

/** 「每页条数」不能小于 1。 */
export const named = (path: string, sentence: string): string => {
  const name = nameOf(path);
  return name === "" ? sentence : `「${name}」${sentence}`;
};
