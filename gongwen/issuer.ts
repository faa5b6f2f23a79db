/** Who issued the document: by its title, what the page says of it, the signature, the first bureau it names. */
export function issuerOf(
  title: string | null,
  lines: readonly { readonly text: string }[],
  text: string,
): string | null {
  return inFull(named(title, lines, text), text);
}

const ISSUER_META =
  /(?:发布机构|发文机关|发文机构|发布单位|发文单位|制发单位|公开主体|信息来源|消息来源|来源|转自|编制单位)\s*[:|]?\s*([一-龥()]{2,28}?(?:[局府会办厅报网社台室部语]|[镇乡](?!人民政府)|街道(?!办)))(?=$|[^一-龥]|浏览|字体|作者|发布|点击|编辑|时间|日期|访问|阅读|字号|打印)/;
const BUREAU =
  /(?:民政局|民政厅|民政部|民政和[一-龥]{2,12}局|[一-龥]{2,8}(?<![布格结全开新大变])局|人民政府(?:办公[室厅])?|政府办(?:公室)?|委员会|办公室|民政办|街道办事处|管委会)/;
const PLACE_BUREAU = new RegExp(
  `([一-龥]{2,12}?(?:县|区|市|旗|州|省|盟|镇|乡|街道)(?:[一-龥]{0,6}?))?${BUREAU.source}`,
);
const SIGNED = new RegExp(
  `^[一-龥]{2,20}${BUREAU.source}(?:\\([^)]*\\))?$|^[一-龥]{2,14}(?:(?<![布格结全开新大变])局|办公室|委员会|政府|厅)$`,
);

/** 县农业农村局2020年工作总结: no place before it. */
const BARE_BUREAU =
  /^([xX×某*]{0,2}[县区市州省镇乡](?:[一-龥]{2,10}(?:局|办公室|委员会|委|联合会|工会)|残联|妇联|团委))(?=\d|[上下]?半年|年度|工作|关于|二〇)/;

/** 区人民政府办公室 in the title, 蔡甸区人民政府办公室 where it signs. */
function inFull(issuer: string | null, text: string): string | null {
  if (issuer === null || !/^[县区市镇乡]/.test(issuer)) return issuer;
  const signed = new RegExp(`(?:^|\\n)([一-龥]{1,8}${issuer})(?=\\n|$)`).exec(text.slice(0, 20_000));
  return signed?.[1] && !/关于|的/.test(signed[1]) ? signed[1] : issuer;
}

/** 甲区民政局 乙区财政局: of two that sign on one line the first. */
const signer = (line: string) =>
  line
    .replace(/\(.*$/, "")
    .replace(/^([一-龥]{2,12}?(?<!总)局)(?=[一-龥]{2,12}(?:局|委员会|办公室)$).*/, "$1");

function named(
  title: string | null,
  lines: readonly { readonly text: string }[],
  text: string,
): string | null {
  const plain = (title?.replace(/\s/g, "") ?? "").replace(/^\d{4}年(?=[县区市]民政)/, "");
  const inTitle = PLACE_BUREAU.exec(plain);
  if (inTitle?.[1]) return inTitle[0].replace(/^(?:年度?|关于|印发)+/, "");
  const bare = /^(?:[县区市]|[镇乡]|街道)?民政[局办](?=[^一-龥]|上|下|年|工作|关于|20|的|\d)/.exec(plain);
  if (bare) return bare[0];
  const bureau = BARE_BUREAU.exec(plain);
  if (bureau?.[1]) return bureau[1];
  const office = /^([一-龥]{4,24}(?:办公室|委员会|领导小组|指挥部))关于/.exec(plain);
  if (office?.[1]) return office[1];
  for (const l of lines) {
    const m = ISSUER_META.exec(l.text.replace(/\s/g, ""));
    if (m?.[1] && /[局府会办厅报网社台镇乡道]$/.test(m[1])) return m[1];
  }
  for (const l of lines) if (SIGNED.test(l.text) && l.text.length <= 24) return signer(l.text);
  const paper =
    /([一-龥]{2,8}(?:日报|晚报|时报|早报|晨报|新闻网|报|网|融媒体?中心|发布|社))(?<![举申汇通填上呈]报)(?:\d{1,2}月\d{1,2}日)?(?:讯|电(?!话)|记者)/.exec(
      text.slice(0, 1500),
    );
  if (paper?.[1]) return paper[1];
  const tail = text.slice(-500).split("\n").reverse();
  const signed = tail.find((l) => l.length <= 24 && SIGNED.test(l));
  if (signed) return signer(signed);
  const inBody =
    /(?<=^|[,。;、\n年月日]|讯|现将|近日)[^我全各本该由在向对和与及按经局、,。;()\n\t|年]{1,8}(?:县|区|市|旗)民政局/.exec(
      text.slice(0, 3000),
    );
  return inBody
    ? inBody[0].replace(/^.*?(?:年|是|由|从|到|赴|来到|向|据|将|现将|近日|对|在|和|关于)/, "")
    : null;
}
