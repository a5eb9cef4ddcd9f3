/** Abbreviations of zones that no kind of English in the JavaScript engine has, as the zone database has them since 1971. */

/** Zones, and their abbreviations by hours east of UTC. `#` stands for the offset in digits, and `!` for what counts more than English. */
const TABLE = `
Asia/Tokyo Japan: 9 JST
Asia/Seoul Asia/Pyongyang ROK: 9 KST
! Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin PRC: 8 CST 9 CDT
Asia/Taipei ROC Asia/Macao Asia/Macau: 8 CST
Asia/Hong_Kong Hongkong: 8 HKT
! Asia/Manila: 8 PST 9 PDT
Asia/Jakarta Asia/Pontianak: 7 WIB 8 WITA
Asia/Makassar Asia/Ujung_Pandang: 8 WITA
Asia/Jayapura: 9 WIT
Asia/Karachi: 5 PKT
Asia/Jerusalem Asia/Tel_Aviv Israel Asia/Gaza Asia/Hebron: 2 IST 3 IDT
! Europe/Moscow W-SU: 3 MSK 4 MSD
Europe/Kirov Europe/Volgograd Europe/Simferopol: 3 MSK 4 MSD
Europe/Chisinau Europe/Tiraspol Europe/Kaliningrad Europe/Kiev Europe/Kyiv Europe/Minsk Europe/Riga: 3 MSK 4 MSD
Europe/Tallinn Europe/Uzhgorod Europe/Vilnius Europe/Zaporozhye: 3 MSK 4 MSD
Europe/Dublin Eire: 1 IST
Europe/Guernsey Europe/Isle_of_Man Europe/Jersey: 1 BST
! MET: 1 MET 2 MEST
! Etc/GMT GMT GMT+0 GMT-0 GMT0: 0 GMT
Africa/Nairobi: 3 EAT
Africa/Lagos: 1 WAT
Africa/Maputo: 2 CAT
Africa/Juba Africa/Khartoum: 2 CAT 3 EAT
Africa/Windhoek: 1 WAT 2 CAT
! Africa/Casablanca Africa/El_Aaiun: 0 # 1 #
! America/Adak America/Atka US/Aleutian: -10 HST -9 HDT
America/Chihuahua America/Ciudad_Juarez America/Hermosillo America/Mazatlan Mexico/BajaSur: -7 MST -6 MDT
America/Dawson America/Whitehorse Canada/Yukon: -7 MST
America/Havana Cuba: -5 CST -4 CDT
America/St_Johns Canada/Newfoundland: -3.5 NST -2.5 NDT
Pacific/Guam Pacific/Saipan: 10 ChST
Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa: -11 SST
! Antarctica/Casey: 8 #
! Antarctica/Troll: 0 #
! Asia/Colombo Asia/Thimbu Asia/Thimphu: 5.5 #
! Asia/Dubai Asia/Muscat: 4 #
! Australia/Eucla: 8.75 #
! Australia/LHI Australia/Lord_Howe: 10.5 # 11 #
! Pacific/Chatham NZ-CHAT: 12.75 # 13.75 #
`;

const byZone = new Map<string, { first: boolean; byOffset: Map<number, string> }>();

/** When Moscow made its summer time the time of the whole year, for some years. */
const ALWAYS_SUMMER = 1_301_180_400;

/**
 * The abbreviation of a zone at an instant and offset (both in seconds); `#` for the offset itself. With `first`, only
 * where it counts more than what English has.
 */
export function abbreviationIn(zone: string, seconds: number, offset: number, first: boolean): string | undefined {
  if (byZone.size === 0) fill();
  const row = byZone.get(zone);
  const name = row?.first === first ? row.byOffset.get(offset) : undefined;
  return name === 'MSD' && seconds >= ALWAYS_SUMMER ? 'MSK' : name;
}

function fill(): void {
  for (const line of TABLE.trim().split('\n')) {
    const first = line.startsWith('! ');
    const [zones, names] = line.replace('! ', '').split(': ') as [string, string];
    const byOffset = new Map<number, string>();
    for (const [, hours, name] of names.matchAll(/(\S+) (\S+)/g)) byOffset.set(Number(hours) * 3600, name as string);
    for (const zone of zones.split(' ')) byZone.set(zone, { first, byOffset });
  }
}
