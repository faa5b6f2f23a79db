/** Phones that carry lists. The key that opens what a phone holds is made here and handed over in a session only. */
import { randomBytes } from "node:crypto";
import { DomainError, isUuid } from "@wuxin/kernel";
import type { Tx } from "@wuxin/platform";
import * as phones from "./devices-store.ts";
import type { DutiesDeps } from "./ports.ts";

export function createDevices(deps: DutiesDeps) {
  const { clock, vault } = deps;
  const revoked = () =>
    new DomainError(
      "device-revoked",
      "这部手机已被停用，本机保存的内容已不能打开。请联系乡镇（街道）或县民政局。",
    );

  /** Own device, in use. Errors: not-found, device-revoked. */
  async function own(tx: Tx, id: string): Promise<phones.DeviceRecord> {
    const d = await phones.findDevice(tx, id);
    if (!d || d.accountId !== tx.actor.accountId)
      throw new DomainError("not-found", "这部手机还没有登记给您，请重新登录。");
    if (d.revokedAt !== null) throw revoked();
    await phones.seen(tx, id, clock.now());
    return d;
  }

  /**
   * Registers the phone on its first day and gives the key, base64, every time it is asked for in a session.
   * Errors: invalid-input, already-exists (somebody else's phone), device-revoked.
   */
  async function key(tx: Tx, input: { id: string; label: string }): Promise<{ key: string }> {
    if (!isUuid(input.id))
      throw new DomainError("invalid-input", "手机编号格式不对，请刷新页面。", { field: "id" });
    if (tx.actor.accountId === null || tx.actor.scope === "")
      throw new DomainError("forbidden", "走访手机由工作人员登记。");
    const known = await phones.findDevice(tx, input.id);
    if (!known) {
      const made = randomBytes(32).toString("base64");
      await phones.enrol(tx, {
        ...{ id: input.id, label: input.label.slice(0, 100), keySealed: vault.seal(made), at: clock.now() },
      });
      await deps.audit.record(tx, {
        ...{ action: "device.enrol", object: "device", objectId: input.id, detail: input.label.slice(0, 60) },
      });
      return { key: made };
    }
    return { key: vault.open((await own(tx, input.id)).keySealed) };
  }

  const OVERSEERS = new Set(["township", "county", "security_admin"]);
  /** Cuts a phone off: its key is destroyed, every session of its account ends. Errors: forbidden, not-found. */
  async function revoke(tx: Tx, id: string, reason: string): Promise<void> {
    const d = await phones.findDevice(tx, id);
    if (!d) throw new DomainError("not-found", "没有找到这部手机，或不在您的管辖范围内。");
    if (!OVERSEERS.has(tx.actor.role) && d.accountId !== tx.actor.accountId)
      throw new DomainError("forbidden", "停用手机由本人、乡镇（街道）或县级办理。");
    if ((await phones.revoke(tx, id, { reason, at: clock.now(), nothing: vault.seal("") })) === 0) return;
    await deps.endSessions(tx, d.accountId);
    await deps.audit.record(tx, {
      ...{ action: "device.revoke", object: "device", objectId: id, detail: `${d.accountName}：${reason}` },
    });
  }

  /** For the phone itself, which may be locked: its number is all that it knows. An unknown one was not cut off. */
  async function standing(tx: Tx, id: string): Promise<{ revoked: boolean }> {
    return { revoked: ((await phones.findDevice(tx, id))?.revokedAt ?? null) !== null };
  }

  const list = async (tx: Tx) =>
    (await phones.devices(tx)).map((d) => ({
      ...{ id: d.id, accountName: d.accountName, label: d.label, enrolledAt: d.enrolledAt },
      ...{
        lastSeenAt: d.lastSeenAt,
        revokedAt: d.revokedAt,
        revokedBy: d.revokedByName,
        revokeReason: d.revokeReason,
      },
      divisionName: deps.divisionName(tx.actor.countyCode, d.divisionCode),
      canRevoke: d.revokedAt === null && (OVERSEERS.has(tx.actor.role) || d.accountId === tx.actor.accountId),
    }));

  return { own, key, revoke, standing, list };
}
