"""Closed word lists that the rules of extraction share, as token keys (lower case, no dots)."""

from __future__ import annotations

import re

_SIBILANT = re.compile(r"(?:s|sh|ch|x|z)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_SHORT_SYLLABLE = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def verb_forms(verbs: str) -> frozenset[str]:
    """Every form of the regular verbs of a text. A few that do not exist ("visitting") are among them."""
    return frozenset(form for verb in verbs.split() for form in _forms(verb))


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if _CONSONANT_Y.search(verb):
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    plain = (verb, f"{verb}es" if _SIBILANT.search(verb) else f"{verb}s", f"{verb}ed", f"{verb}ing")
    if _SHORT_SYLLABLE.search(verb):
        return (*plain, f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    return plain


TITLES = words(
    # what may stand in front of a person's name without being part of it
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count president vice-president premier "
    "chancellor minister ministers secretary undersecretary deputy ambassador envoy envoys spokesman spokeswoman "
    "spokesperson senator senators sen rep reps representative representatives congressman congresswoman delegate "
    "governor gov mayor judge justice attorney prosecutor chief chairman chairwoman chair director general gen "
    "lieutenant lt colonel col major maj captain capt sergeant sgt admiral adm marshal commander commodore brigadier "
    "brig corporal cpl private officer inspector detective constable superintendent sheikh sheik shaikh emir amir "
    "sultan king queen prince princess pope cardinal archbishop bishop patriarch rabbi imam mullah ayatollah "
    "hojatoleslam hojjatoleslam seyyed sayyed sayyid hajj haj mufti father sister brother reverend rev pastor leader "
    "candidate nominee incumbent ex-president speaker treasurer administrator adviser advisor aide counsel counselor "
    "commissioner manager coach striker midfielder defender goalkeeper author actor actress singer comrade tsar czar "
    "democrat republican then-president then-candidate ex acting former late presidents chancellors premiers pm mp mep "
    "fm vp ceo dep md phd lawyer journalist analyst economist host anchor"
)

GIVEN_NAME_TITLES = words(
    # behind these a given name may stand for a person named before: "King Abdullah", "Sheikh Tamim", "Mr. Thaksin"
    "king queen prince princess emir amir sultan sheikh sheik pope emperor shah tsar czar mr mrs ms mullah imam "
    "ayatollah seyyed sayyed sayyid hajj haj president premier minister"
)

NAME_TITLES = words(
    "pope prophet king queen prince princess mullah ayatollah emperor tsar czar mr mrs ms sir lord lady dame"
)
"""Titles that entries of persons begin with ("Pope Francis") and that are no given names."""

GENERIC_TAILS = words(
    # in lower case behind a name these say what it is and are no part of it: "Darfur region", "Fatah movement"
    "agency channel city complex daily district fighters governorate militants militia movement network newspaper news "
    "magazine plant prison province rebels region"
)

DIVISIONS = words("province governorate district")
"""In lower case these are never part of a name: "Helmand province"."""

GENERIC_HEADS = words("ethnic occupied")
"""In front of a name, in lower case, these are no part of it either."""

SENTENCE_OPENERS = words(
    # words that open a sentence with a capital in front of a surname without being a given name
    "a about above according across after again against ahead all along already also although always amid among an and "
    "another any are around as asked at away back because before behind being below beside besides between beyond both "
    "but by can citing could dear despite did do does during each earlier either elsewhere even ever every except few "
    "finally following for from further get given had has have he her here hers him his how however if in including "
    "indeed inside instead into is it its just last later let like many may maybe meanwhile meantime might more "
    "moreover most much must my near neither never nevertheless next no nobody none nor not nothing now of off often "
    "on once one only or other others our outside over perhaps quoting rather recently said saying says second shall "
    "she should similarly since so some sometimes soon speaking still such than thank thanks that the their them then "
    "there these they this those though three through throughout thus till to today together tomorrow tonight too "
    "toward towards two under unlike until up upon us was watch we were what when whenever where whereas whether which "
    "while who whom whose why will with within without would yesterday yes yet you your"
)

CALENDAR = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
)

MONTH_WORDS = frozenset({"march", "april", "may", "june", "august"})
"""Months that are surnames or given names too."""

FOREIGN_MONTHS = words(
    "farvardin ordibehesht khordad mordad shahrivar esfand muharram shawwal ramadan ramazan ramadhan"
)
"""Months of other calendars that are hardly ever names; alone they are none, "15 Khordad" may be one."""

SHIP_PREFIXES = words("USS HMS HMAS HMCS HMNZS BRP USNS USCGC MV")
"""In capitals in front of the name of a ship; ships are no entities."""

HYPHENS = frozenset("-–")

COMPOUND_PARTS = words(
    # at the other side of a hyphen these make an adjective of a name, not a longer name ("Anti-Assad", "Iran-Backed")
    "anti pro post pre non ex mid trans intra all then sino anglo franco euro russo indo backed based led linked "
    "allied aligned held born made occupied controlled supported sponsored funded trained friendly style era run ruled "
    "wide owned brokered mediated appointed administered related bound provided supplied built designed language "
    "speaking educated sanctioned sanctions affiliated inspired dominated imposed proposed flagged registered hosted "
    "drafted produced manufactured annexed only"
)

INSTITUTION_HEADS = words(
    # a capitalised word of these, after a place or nationality, closes the name of an institution, a place or a law
    "academy act administration agency agreement airlines airport airways army arena assembly association authority "
    "avenue bank basin bay beach boulevard bridge broadcasting building bureau campus canal cathedral cemetery center "
    "centre chamber channel church cinema circuit clinic club coalition coast college command commission committee "
    "company confederation conference consulate convention corporation corps corridor council county court courts "
    "crescent cup dam department division election embassy exchange expo federation festival forces forum foundation "
    "front games garden gardens gate gazette group guard guards hall harbor harbour headquarters herald highway hill "
    "hills hospital hotel house hub initiative institute institution island islands journal junction lab laboratory "
    "lake league legislature library mail marathon marines market marshals ministry mosque mountain mountains movement "
    "museum navy news newspaper observatory office olympics opera orchestra organisation organization oblast palace "
    "park parliament partnership party patrol peninsula plain plant plaza police port post press prison project "
    "province railway regiment registry republic research reserve resort review river road rovers school schools sea "
    "senate service services settlement shield society square stadium standard star station strait street studio "
    "studios symphony synagogue team telegraph television temple terminal theater theatre times tower towers township "
    "treaty tribune trust tunnel union university valley village wall wanderers zoo"
)

INSTITUTION_OPENERS = words(
    # "… of X" with one of these, capitalised, is one name: "University of Tehran", "Bank of Israel"
    "academy agency airport army assembly arsenal association bank battle bay bishopric board broadcaster cape "
    "cathedral church city college chamber commonwealth conference constitution consulate court company confederation "
    "council county declaration democrats district embassy diocese federation free fund gulf house institute isle "
    "island islands journal kingdom lake league ministry mount mountains movement museum network opera organisation "
    "organization parliament port province republic royal school sea shrine siege society strait straits students "
    "synagogue treaty tower town union university valley voice"
)

MONEY = words(
    "$ dollar dollars euro euros pound pounds rial rials riyal riyals ruble rubles rouble roubles yuan yen lari lira "
    "liras rupee rupees franc francs dinar dinars dirham dirhams shekel shekels hryvnia hryvnias peso pesos krona "
    "kronor"
)

GIVEN_NAMES = words(
    # frequent given names of news text: in front of a surname they make another person of it
    "aaron abbas abdul abdullah abdulla abigail abraham adam adrian ahmad ahmed alan albert alberto alec alejandro "
    "aleksandr aleksei alex alexander alexandra alexei alexis alfred alfredo ali alice alison allen alison amanda "
    "amber amy ana anastasia anders andre andrea andreas andrei andrew andrey angela angelina anita ann anna anne "
    "anthony antoine anton antonio antony april ariel arnold arthur ashley asif audrey austin ayman barbara barry "
    "bashar becky ben benedict benjamin bernard bernie bertrand beth betty bilal bill billy bob bobby boris brad "
    "bradley brandon brenda brett brian bruce bruno bryan caitlin calvin camille carl carla carlos carmen carol "
    "caroline carolyn carrie catherine cathy cecilia charles charlie charlotte chelsea chloe chris christian christina "
    "christine christopher chuck cindy claire clara clarence claude claudia clinton colin connie craig crystal curtis "
    "cynthia dale damian dan daniel danielle danny darren dave david dawn dean deborah debra denise dennis derek diana "
    "diane diego dimitri dmitri dmitry dominic don donald donna dorothy doug douglas dylan ed eddie edgar edith edmund "
    "eduardo edward edwin eleanor elena eli elijah elizabeth ellen elliot emily emma emmanuel enrique eric erica erik "
    "erin ernest ester esther ethan eugene eva evan evelyn fatima felipe felix fernando fiona florence frances "
    "francesco francis francisco francois frank franklin fred frederick gabriel gary gavin gene george gerald gerard "
    "gilbert gina giorgio giovanni gladys glenn gloria gordon grace graham greg gregory guillermo gustavo guy habib "
    "hamid hannah harold harry harvey hasan hassan hazel heather hector heidi heinrich helen helena henri henry "
    "herbert hiroshi holly howard hugh hugo hussein ian ibrahim igor imran ingrid irene irina isaac isabel isabella "
    "ismail ivan ivanka ivana jack jackie jacob jacqueline jacques jaime jake jamal james jamie jan jane janet janice "
    "jared jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy "
    "joan joanna joaquin joe joel johan johannes john johnny jon jonathan jorge jose josef joseph josh joshua joyce "
    "juan judith judy julia julian juliana julie julio june justin kamal karen karim karl kate katherine kathleen "
    "kathryn kathy katie keith kelly ken kenneth kevin khaled khalid kim kimberly kirk kristen kurt kyle lara larry "
    "lars laura lauren laurence lawrence leah lee leila leo leon leonard leonardo leonid leroy leslie lewis liam "
    "lillian linda lindsay lindsey lisa lloyd lois lorenzo louis louise luca lucas lucia lucy luis luke lynn madeleine "
    "mahmoud malcolm manuel marc marcel marco marcos marcus margaret maria marie marilyn mario marion mark marta "
    "martha martin marvin mary mason mathew matt matteo matthew maurice max megan mehdi melania melissa melvin michael "
    "michel michelle miguel mikhail mike mitch mohamed mohammad mohammed mohsen moises monica morgan moshe muhammad "
    "mustafa nadia nancy naomi nasser natalia natalie natasha nathan nathaniel neil nicholas nick nicolas nicole nigel "
    "nikolai nina noah nora norman oleg oliver olivia omar oscar osama oleksandr pablo pamela pat patricia patrick "
    "paul paula pavel pedro peggy penelope peter phil philip philippe phillip phyllis pierre qasem rachel rafael ralph "
    "ramon randall randy raul ray raymond reza rebecca regina reza ricardo richard rick robert roberto robin rodney "
    "rodrigo roger roland roman ronald ronnie rosa rose roy ruben rudolph russell ruth ryan saeed said salman sam "
    "samantha samir samuel sandra sandy sara sarah scott sean sebastian sergei sergey sergio shane shannon sharon "
    "shaun shawn sheila shirley sidney silvia simon sofia sonia sophia sophie stacy stanley stefan stella stephanie "
    "stephen steve steven stuart sue susan suzanne svetlana sylvia tamara tania tanya tara tatiana ted teresa terrence "
    "terry theodore theresa thomas tiffany tim timothy tina todd tom tommy tony tracy travis trevor tyler valentina "
    "valerie vanessa vera vernon veronica victor victoria viktor vincent virginia vladimir volodymyr wallace walter "
    "wanda warren wayne wendy wesley will william xavier yasser yuri yusuf yves yvonne zachary zainab"
) - {"jordan", "chad", "israel", "georgia", "virginia", "jerusalem", "will", "said", "april", "june", "austin", "grace"}
