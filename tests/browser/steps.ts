/** Stretches of a case that several stories go through, each on its pages. */
import type { Page } from "playwright-core";
import { act, answer, caseState, choose, date, field, people, scribble, sign, type } from "./hands.ts";
import type { BrowserHouse } from "./house.ts";

export interface Resident {
  readonly name: string;
  readonly idNo: string;
  readonly phone: string;
  readonly password: string;
}

/** 注册, from a page that asks to log in. */
export async function signUp(phone: Page, who: Resident): Promise<void> {
  await phone.getByTestId("to-signup").click();
  await phone.getByTestId("field-name").fill(who.name);
  await phone.getByTestId("field-idNo").fill(who.idNo);
  await phone.getByTestId("field-phone").fill(who.phone);
  await phone.getByTestId("field-password").fill(who.password);
  await phone.getByTestId("signup-do").click();
}

export async function signIn(phone: Page, who: Resident): Promise<void> {
  await phone.getByTestId("field-loginName").fill(who.phone);
  await phone.getByTestId("field-password").fill(who.password);
  await phone.getByTestId("login-do").click();
}

export const yes = (phone: Page, name: string) => phone.getByTestId(`field-${name}-yes`).click();
export const no = (phone: Page, name: string) => phone.getByTestId(`field-${name}-no`).click();

type Answers = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * What somebody answers who lives alone, cannot work, has no income and a few savings; `more` answers otherwise.
 * Ends at the page that shows everything once more.
 */
export async function fillForm(
  h: BrowserHouse,
  phone: Page,
  county: string,
  who: Resident,
  more: Answers = {},
): Promise<void> {
  const township = h.account(county, "zhen").scopeName;
  const village = h.account(county, "cun").scopeName.replace(township, "");
  await answer(phone, {
    who: () => phone.getByTestId("field-for-me").click(),
    applicant: async () => {
      await phone.getByTestId("field-name").fill(who.name);
      await phone.getByTestId("field-idNo").fill(who.idNo);
      await phone.getByTestId("field-phone").fill(who.phone);
    },
    address: async () => {
      await phone.getByTestId("field-divisionCode-township").selectOption({ label: township });
      await phone.getByTestId("field-divisionCode-village").selectOption({ label: village });
      await phone.getByTestId("field-address").fill("3组12号");
      await phone.getByTestId("field-areaClass-农村").click();
    },
    "h.financialAssets": () => phone.getByTestId("field-financialAssets").fill("1800"),
    "h.houses": () => phone.getByTestId("field-houses").fill("1"),
    "h.vehicles": () => phone.getByTestId("field-vehicles").fill("0"),
    "h.incomeStable": () => yes(phone, "incomeStable"),
    "m.ableToWork": () => no(phone, "ableToWork"),
    account: async () => {
      await phone.getByTestId("field-bankName").fill("农村商业银行");
      await phone.getByTestId("field-accountNo").fill("6217994306210088129");
    },
    relatives: () => no(phone, "relatives"),
    materials: () => phone.getByTestId("commit-income").check(),
    authorise: () => signAuthorisation(phone, who),
    ...more,
  });
}

export async function signAuthorisation(phone: Page, who: Resident): Promise<void> {
  await scribble(phone.getByTestId("field-sign.m1-pad"));
  await phone.getByTestId("field-sign.m1-use").click();
  await phone.getByText(`${who.name} 已签名`).waitFor();
}

/** @returns the number of the application */
export async function submitForm(phone: Page): Promise<string> {
  await phone.getByTestId("field-truthful").check();
  await phone.getByTestId("submit-application").click();
  return phone.getByTestId("case-number").innerText();
}

/** Types the number into the one search and opens the case. @returns its path in the console */
export async function findCase(page: Page, number: string): Promise<string> {
  await page.getByTestId("search").fill(number);
  await page.getByRole("option", { name: number }).click();
  await page.getByTestId("case").waitFor();
  return pathOf(page);
}

/** The first case of a state in the list. @returns its path in the console */
export async function firstCase(page: Page, item: string, state: string): Promise<string> {
  await page.goto(`/console/cases?item=${item}&state=${state}`);
  await page.getByTestId("case-list").locator("tbody a").first().click();
  await page.getByTestId("case").waitFor();
  return pathOf(page);
}

export const pathOf = (page: Page): string => new URL(page.url()).pathname.replace("/console", "");

/** Two investigators at the home, the family and the investigator sign by hand. */
export async function survey(h: BrowserHouse, page: Page, applicant: string, seen: string): Promise<void> {
  await act(page, "survey", async (form) => {
    await people(form, "investigators", "刘志强", "陈晓芳");
    await date(form, "on", h.today());
    await type(form, "findings", seen);
    await sign(form, "householdSignature", applicant);
    await sign(form, "investigatorSignature", "刘志强");
  });
}

/** The township asks for verification, the county enters the answer. Leaves both at the case. */
export async function verification(
  h: BrowserHouse,
  county: string,
  caseAt: string,
  summary: string,
): Promise<void> {
  const zhen = await h.desk(county, "zhen", caseAt);
  await act(zhen, "request_verification", async (form) => {
    for (const what of ["户籍", "不动产", "银行存款"])
      await field(form, "scope").getByText(what, { exact: true }).click();
  });
  await zhen.getByTestId("verification").getByText("等待回复").waitFor();
  const xian = await h.desk(county, "xian", caseAt);
  await act(xian, "answer_verification", async (form) => {
    await type(form, "reportNumber", "核2026-06-03");
    await date(form, "on", h.today());
    await date(form, "validUntil", "2026-12-08");
    await type(form, "summary", summary);
  });
}

export async function opinion(page: Page, which: "拟同意" | "拟不同意", reason: string): Promise<void> {
  await act(page, "opinion", async (form) => {
    await choose(form, "opinion", which);
    await type(form, "reason", reason);
  });
  const state = await caseState(page);
  if (!state.includes("公示中")) throw new Error(`初审意见之后是「${state}」`);
}
