/** 一键求助 on a phone of 390 px: no login, a number to remember, the village's worker has it, and the number tells how far it is. */
import { expect, test } from "vitest";
import { PNG } from "../stories/office.ts";
import { says } from "./hands.ts";
import { houseOfFile, look, story, YUEYANG } from "./house.ts";

story("一键求助", () => {
  const open = houseOfFile();

  test("老人用手机求助：记下编号，村里立刻看到；凭编号和手机后四位看进度", async () => {
    const h = open();
    const phone = await h.phone();
    await phone.goto(`/c/${YUEYANG}`);
    await phone.getByTestId("way-trouble").click();
    await phone.getByTestId("trouble").waitFor();
    await look(phone, "trouble");
    await phone.getByTestId("trouble-do").click();
    await says(phone.getByTestId("error-phone"), "11 位");
    await phone.getByTestId("kind-alone").check();
    await phone.getByTestId("field-name").fill("村口的周大爷");
    await phone.getByTestId("field-phone").fill("139 7410 0088");
    await phone.getByTestId("field-division-township").selectOption({ index: 1 });
    await phone.getByTestId("field-division-village").selectOption({ index: 1 });
    await phone.getByTestId("field-more").fill("两天没看见他出门。");
    await phone.getByTestId("photo").setInputFiles({ name: "门口.png", mimeType: "image/png", buffer: PNG });
    await look(phone, "trouble-filled");
    await phone.getByTestId("trouble-do").click();
    await phone.getByTestId("trouble-done").waitFor();
    const number = (await phone.getByTestId("trouble-number").textContent()) ?? "";
    expect(number).toContain("线索〔2026〕");
    await look(phone, "trouble-done");
    await phone.getByTestId("see-progress").click();
    await says(phone.getByTestId("trouble-state"), "已派人");
    await look(phone, "trouble-progress");

    const cun = await h.desk(YUEYANG, "cun", `/clues?q=${encodeURIComponent("村口的周大爷")}`);
    await cun.getByTestId("clue-list").locator("a").first().click();
    await says(cun.getByTestId("clue"), "一键求助");
    await says(cun.getByTestId("clue-history"), "求助人补充照片");

    await phone.goto(`/c/${YUEYANG}/trouble/track`);
    await phone.getByTestId("field-number").fill(/(\d+)号/.exec(number)?.[1] ?? "");
    await phone.getByTestId("field-tail").fill("0000");
    await phone.getByTestId("trouble-track-do").click();
    await says(phone.getByTestId("trouble-track"), "没有查到");
    await phone.getByTestId("field-tail").fill("0088");
    await phone.getByTestId("trouble-track-do").click();
    await says(phone.getByTestId("trouble-words"), "来看");
  });
});
