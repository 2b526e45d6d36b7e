/**
 * Where the invented people live. `#` in a number is any digit. The numbers are in the ranges that a country reserves
 * for films (DE, FR, GB, SE, US); elsewhere the local part starts with 0, which is never assigned.
 */
export interface DemoCountry {
  readonly code: string;
  /** The share of the contacts, relative to other countries. */
  readonly weight: number;
  /** "PostalCode City" each. */
  readonly cities: readonly string[];
  readonly numbers: readonly string[];
  readonly firstNames: readonly string[];
  readonly surnames: readonly string[];
  readonly companyEnd: string;
  readonly street: string;
}

export const demoCountries: readonly DemoCountry[] = [
  {
    code: "DE",
    street: "Hafenstraße",
    weight: 52,
    cities: list(
      "24103 Kiel,20095 Hamburg,10115 Berlin,80331 München,50667 Köln,60311 Frankfurt am Main,73728 Eßlingen",
    ),
    numbers: list("493023125###,496990009###,494066969###,492214710###,498999998###,4917139200##"),
    firstNames: list(
      "Ida,Jonas,Sönke,Jürgen,Käthe,Anneliese,Björn,Lena,Marie-Luise,Thomas,Uğur,Zoë,Günther,Friederike",
    ),
    surnames: [
      ...germanSurnames(),
      ...list("Brandt,Müller,Schmidt,Özdemir,Weiß,von der Heide,Großmann,Jäger,Kühn,Abel"),
    ],
    companyEnd: "GmbH",
  },
  {
    code: "AT",
    street: "Mustergasse",
    weight: 8,
    cities: list("1010 Wien,8010 Graz,4020 Linz,6020 Innsbruck"),
    numbers: list("431055550##,43316055550#"),
    firstNames: list("Leopold,Magdalena,Xaver,Rosi,Franz-Josef,Theresia"),
    surnames: list("Gruber,Pichler,Wögerbauer,Hölzl,Edelbauer,Steinlechner,Őry"),
    companyEnd: "GesmbH",
  },
  {
    code: "CH",
    street: "Seefeldweg",
    weight: 6,
    cities: list("8001 Zürich,3011 Bern,1204 Genève,6900 Lugano"),
    numbers: list("41440555###,41310555###"),
    firstNames: list("Urs,Reto,Chantal,Beat,Ladina,Giulia"),
    surnames: list("Bünzli,Zurbriggen,Rüegg,Dubois,Caviezel,Hürlimann,Bernasconi"),
    companyEnd: "AG",
  },
  {
    code: "PL",
    street: "ul. Przykładowa",
    weight: 7,
    cities: list("00-001 Warszawa,90-001 Łódź,30-001 Kraków,80-001 Gdańsk"),
    numbers: list("482205550##,484205550##"),
    firstNames: list("Łukasz,Małgorzata,Paweł,Żaneta,Stanisław,Agnieszka"),
    surnames: list("Wiśniewski,Żółkiewska,Łączyński,Dąbrowska,Świątek,Ćwikliński,Brzęczyszczykiewicz"),
    companyEnd: "Sp. z o.o.",
  },
  {
    code: "FR",
    street: "rue de l’Exemple",
    weight: 6,
    cities: list("75001 Paris,69001 Lyon,35000 Rennes,67000 Strasbourg"),
    numbers: list("331990000##,332619100##,336399800##"),
    firstNames: list("Chloé,Benoît,Anaïs,Jean-Noël,Hélène,Loïc"),
    surnames: list("Lefèvre,D'Aubigné,Bézard,Rousseau,L'Hôpital,Œuvrard"),
    companyEnd: "S.A.R.L.",
  },
  {
    code: "GB",
    street: "Example Road",
    weight: 5,
    cities: list("SW1A London,M1 1AE Manchester,LS1 4AP Leeds"),
    numbers: list("442079460###,441614960###,441134960###,447700900###"),
    firstNames: list("Siobhán,Oliver,Harriet,Rhys,Imogen"),
    surnames: list("O'Connor,Featherstone,Llewellyn,Smythe-Hughes,Nkemelu"),
    companyEnd: "Ltd",
  },
  {
    code: "US",
    street: "Sample Avenue",
    weight: 5,
    cities: list("10001 New York,60601 Chicago,94103 San Francisco"),
    numbers: list("121255501##,131255501##,141555501##"),
    firstNames: list("Jayden,María José,Deshawn,Emily,Wei"),
    surnames: list("García,McAllister,Nguyễn,Kealoha,Stonebridge"),
    companyEnd: "Inc.",
  },
  {
    code: "SE",
    street: "Exempelgatan",
    weight: 3,
    cities: list("111 20 Stockholm,411 03 Göteborg"),
    numbers: list("468465004##,4631390060#"),
    firstNames: list("Åsa,Göran,Linnéa,Håkan"),
    surnames: list("Åkesson,Sjöström,Björklund,Ängquist"),
    companyEnd: "AB",
  },
  {
    code: "TR",
    street: "Örnek Sokak",
    weight: 3,
    cities: list("34000 İstanbul,06000 Ankara"),
    numbers: list("902120555###,903120555###"),
    firstNames: list("Ayşe,İbrahim,Gülşen,Çağlar"),
    surnames: list("Yıldız,Çelikkaya,Şahinoğlu,Işık"),
    companyEnd: "A.Ş.",
  },
  {
    code: "GR",
    street: "Οδός Παραδείγματος",
    weight: 2,
    cities: list("104 31 Αθήνα,546 24 Θεσσαλονίκη"),
    numbers: list("302100555###"),
    firstNames: list("Ελένη,Νίκος,Ευάγγελος"),
    surnames: list("Παπαδάκης,Ωραιόπουλος,Ζαχαριάδη"),
    companyEnd: "Α.Ε.",
  },
  {
    code: "JP",
    street: "見本通り",
    weight: 3,
    cities: list("100-0001 東京,530-0001 大阪"),
    numbers: list("8130555####"),
    firstNames: list("さくら,健太,ゆうこ"),
    surnames: list("桜井,星野,小鳥遊,タカハシ"),
    companyEnd: "株式会社",
  },
  {
    code: "CN",
    street: "示例路",
    weight: 2,
    cities: list("100000 北京,200000 上海"),
    numbers: list("86100555####,86210555####"),
    firstNames: list("小明,丽华,伟"),
    surnames: list("欧阳,诸葛,陈"),
    companyEnd: "有限公司",
  },
  {
    code: "IL",
    street: "רחוב הדוגמה",
    weight: 2,
    cities: list("9100000 ירושלים,6100000 תל אביב"),
    numbers: list("9723055550#"),
    firstNames: list("נועה,אבי,תמר"),
    surnames: list("אבן־צור,גולדברג,פרץ"),
    companyEnd: "בע״מ",
  },
  {
    code: "AE",
    street: "شارع المثال",
    weight: 2,
    cities: list("00000 دبي,00000 أبو ظبي"),
    numbers: list("9714055550#"),
    firstNames: list("ليلى,عمر,فاطمة"),
    surnames: list("الحسيني,القاسمي,بن زايدون"),
    companyEnd: "ش.م.م",
  },
];

function list(words: string): readonly string[] {
  return words.split(",");
}

/** A few hundred surnames of two parts, so that the ranges of a long list ("Abel – Bauer") differ. */
function germanSurnames(): readonly string[] {
  const starts = list(
    "Ahr,Berg,Birken,Blumen,Burg,Dorn,Eich,Erlen,Feld,Fuchs,Grün,Hasel,Hirsch,Hoch,Ilsen,Kirch,Kranich,Linden,Moor,Mühl,Nuss,Ost,Quell,Reb,Rosen,Sand,See,Silber,Stein,Tann,Uhlen,Vogel,Wald,Wein,Wiesen,Zeisig",
  );
  const ends = list("acker,bach,berger,feld,hof,mann,mayer,ring,stedt,wald");
  return starts.flatMap((start) => ends.map((end) => start + end));
}
