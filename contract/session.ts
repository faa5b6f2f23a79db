import { z } from "zod";
import { AnyId, CountyCode, Role } from "./common.ts";

export const Session = z
  .object({
    account: z.object({
      id: AnyId,
      name: z.string(),
      loginName: z.string(),
      role: Role,
      scope: z.string(),
      /** Of an outside party: the department or institution. */
      scopeName: z.string(),
      personId: AnyId.nullable(),
      totpEnabled: z.boolean(),
    }),
    county: z.object({ code: CountyCode, name: z.string(), fullName: z.string(), bureauName: z.string() }),
    demo: z.boolean(),
    expiresAt: z.string(),
  })
  .meta({ id: "Session" });
export const Login = z.object({
  county: CountyCode,
  loginName: z.string().trim().min(1, "请填写登录名。").max(50),
  password: z.string().min(1, "请填写密码。").max(200),
  code: z.string().trim().max(10).optional(),
});
export const Password = z
  .string()
  .min(10, "密码至少 10 位，并同时有字母和数字。")
  .max(200)
  .regex(/(?=.*[A-Za-z])(?=.*\d)/, "密码要同时有字母和数字。");
export const RegisterResident = z.object({
  county: CountyCode,
  name: z.string().trim().min(1, "请填写姓名。").max(50),
  idNo: z.string().max(30),
  phone: z.string().max(20),
  password: Password,
});
export const ChangePassword = z.object({ current: z.string().max(200), next: Password });
export const TotpStart = z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() });
export const DemoAccount = z.object({
  county: CountyCode,
  countyName: z.string(),
  loginName: z.string(),
  password: z.string(),
  name: z.string(),
  role: Role,
  roleName: z.string(),
  scopeName: z.string(),
});
