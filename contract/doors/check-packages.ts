import { z } from "zod";
import * as packages from "../check-packages.ts";
import { AnyId } from "../common.ts";
import { ep } from "../endpoint.ts";

const READS = ["county", "leader", "auditor"] as const;
const GIVES = ["county", "leader"] as const;
const params = z.object({ id: AnyId });
const page = packages.CheckPackagePage;

export const checkPackagesDoors = {
  listCheckPackages: ep({
    summary: "委托核对批次",
    access: READS,
    response: packages.CheckPackages,
  }),
  listCheckWaiting: ep({
    summary: "等着委托核对的办件：申请中的，在享到期的",
    access: READS,
    query: packages.CheckWaitingQuery,
    response: packages.CheckWaiting,
  }),
  getCheckPackage: ep({ summary: "一个核对批次", access: READS, params, response: page }),
  makeCheckPackage: ep({
    summary: "组成核对批次（只收全家都签了授权的办件）",
    access: GIVES,
    body: packages.MakeCheckPackage,
    response: page,
  }),
  sendCheckPackage: ep({ summary: "确认送出", access: GIVES, params, response: page }),
  dropCheckPackage: ep({ summary: "作废草稿", access: GIVES, params, response: packages.CheckPackages }),
  withdrawCheckPackage: ep({
    summary: "撤回没有答复完的批次",
    access: GIVES,
    params,
    body: packages.WithdrawCheckPackage,
    response: page,
  }),
  downloadCheckPackage: ep({
    summary: "下载批次文件",
    access: GIVES,
    params,
    binary: true,
    response: z.unknown(),
  }),
  receiveCheckReceipt: ep({
    summary: "登记接收回执",
    access: GIVES,
    params,
    body: packages.CheckReceipt,
    response: page,
  }),
  uploadCheckAnswers: ep({
    summary: "上传答复文件",
    access: GIVES,
    params,
    query: packages.CheckAnswerUpload,
    upload: true,
    response: page,
  }),
};
