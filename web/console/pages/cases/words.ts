/** Words of the case engine that are the same for every item. */
export const CHANNELS: Readonly<Record<string, string>> = {
  resident: "居民自办",
  village: "村（社区）代办",
  township: "乡镇（街道）代办",
  proactive: "主动发现",
};
