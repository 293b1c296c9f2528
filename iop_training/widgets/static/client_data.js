// Finds what looks like details of a real person. It guesses, for a note that stops nobody: better to miss a name than to cry
// wolf at a level of care or at a law.

const MONTH = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])";
const YEAR = "(?<year>(?:19|20)\\d\\d)";
// 3/14/1985 and 3-14-85, 1985-03-14, March 14, 1985, 14 March 1985.
const DATES = [
  `(?<![\\d/-])(?:0?[1-9]|1[0-2])([/-])${DAY}\\1(?<year>(?:19|20)?\\d\\d)(?![\\d/-])`,
  `(?<![\\d-])${YEAR}-(?:0[1-9]|1[0-2])-${DAY}(?!\\d)`,
  `\\b${MONTH}\\.? ${DAY}(?:st|nd|rd|th)?,? ${YEAR}\\b`,
  `(?<!\\d)${DAY}(?:st|nd|rd|th)? (?:of )?${MONTH}\\.? ${YEAR}\\b`,
];
const STREET = "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Parkway|Pkwy|Highway|Hwy)";
// A first name, in letters of any language.
const NAME = "(\\p{Lu}[\\p{Ll}'’-]+)";

// Numbers that are everybody's: toll-free, such as a helpline's.
const TOLL_FREE = /^1?8(?:00|33|44|55|66|77|88)/;
const INITIALS_OF_THINGS = new Set(["US", "UK", "EU", "DC", "LA", "NY", "AA", "NA", "AM", "PM", "MD", "DO", "RN", "BA", "MA", "MS", "ER", "OK", "PO", "ID", "TV"]);
const NO_NAMES = new Set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Medicaid Medicare English Spanish Group Level Who What When Where Why How The This That And But If In It Is".split(" "));

const PATTERNS = [
  { what: "an email address", pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu },
  { what: "a Social Security number", pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/gu },
  {
    what: "a phone number",
    pattern: /(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[.-]\d{4}(?![\d-])|(?<!\d)1?\d{10}(?!\d)|(?<![\d.-])\(?\d{3}\)? \d{3} \d{4}(?!\d)/gu,
    isMeant: ([text]) => !TOLL_FREE.test(text.replace(/\D/g, "")),
  },
  ...DATES.map((source) => ({ what: "a date of birth", pattern: new RegExp(source, "giu"), isMeant: ({ groups }) => isYearOfBirth(groups.year) })),
  { what: "a date of birth", pattern: /\b(?:date of birth|d\.?o\.?b)\b[^.\n\d]{0,15}\d/giu },
  { what: "a date of birth", pattern: /\bborn\b[^.\n\d]{0,12}(?:\d{1,2}[/-]|(?:19|20)\d\d)/giu },
  { what: "a street address", pattern: new RegExp(`(?<![\\d.])\\d{1,5} (?:[NSEW]\\.? )?(?:\\p{Lu}[\\p{L}'’-]*\\s|\\d+(?:st|nd|rd|th) ){1,3}${STREET}\\b(?!-)`, "gu") },
  { what: "a name", pattern: new RegExp(`\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\\b\\.? ${NAME}`, "gu"), isName: true },
  { what: "a name", pattern: new RegExp(`\\b(?:[Mm]y|[Oo]ur|[Aa]) (?:client|patient),? (?:is |was |called |named )?${NAME}`, "gu"), isName: true },
  { what: "a name", pattern: new RegExp(`\\b(?:client|patient|[Hh]er|[Hh]is|[Tt]heir)(?:[’']s)? (?:real |full |first |last )?name (?:is|was) ${NAME}`, "gu"), isName: true },
  {
    what: "somebody’s initials",
    pattern: /(?<![\p{L}\d.])(\p{Lu})\. ?(\p{Lu})\.(?![\p{L}\d])/gu,
    isMeant: ([, first, last]) => !INITIALS_OF_THINGS.has(first + last),
  },
];

// Ten years ago or more; the sessions that people write about are younger.
function isYearOfBirth(year) {
  const now = new Date().getFullYear();
  const written = Number(year);
  const full = written >= 100 ? written : written + (written > now % 100 ? 1900 : 2000);
  return full <= now - 10;
}

// What the text seems to hold ("a phone number" ...), each once. known: a text whose names are fictional, such as the question.
export function clientData(text, known = "") {
  const fictional = new Set(known.match(/\p{Lu}[\p{L}'’-]+/gu)?.map(bare));
  const holds = ({ pattern, isMeant = () => true, isName = false }) =>
    [...text.matchAll(pattern)].some((match) => (isName ? isSomebody(match[1], fictional) : isMeant(match)));
  return [...new Set(PATTERNS.filter(holds).map(({ what }) => what))];
}

function isSomebody(name, fictional) {
  return !fictional.has(bare(name)) && !NO_NAMES.has(name);
}

function bare(name) {
  return name.replace(/['’]s?$/u, "");
}
