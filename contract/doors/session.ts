import { z } from "zod";
import { Ok } from "../common.ts";
import { ep } from "../endpoint.ts";
import * as session from "../session.ts";

export const sessionDoors = {
  login: ep({
    summary: "登录",
    access: "public",
    tries: true,
    body: session.Login,
    response: session.Session,
  }),
  logout: ep({ summary: "退出", access: "own", response: Ok }),
  getSession: ep({ summary: "当前登录人", access: "own", response: session.Session }),
  registerResident: ep({
    summary: "居民注册",
    access: "public",
    tries: true,
    body: session.RegisterResident,
    response: session.Session,
  }),
  changePassword: ep({ summary: "修改密码", access: "own", body: session.ChangePassword, response: Ok }),
  startTotp: ep({ summary: "开始绑定动态口令", access: "own", response: session.TotpStart }),
  confirmTotp: ep({
    summary: "确认绑定动态口令",
    access: "own",
    body: z.object({ code: z.string().max(10) }),
    response: Ok,
  }),
  disableTotp: ep({
    summary: "解除动态口令",
    access: "own",
    body: z.object({ password: z.string().max(200) }),
    response: Ok,
  }),
  listDemoAccounts: ep({
    summary: "演示账号（仅演示库）",
    access: "public",
    response: z.array(session.DemoAccount),
  }),
};
