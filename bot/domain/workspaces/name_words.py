"""What a search for names goes by: names that are words too, and how names are shortened."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BUSINESS = _words(
    """
    account action agenda angebot banks best bids board bond call calls cash case chance change
    chase client close cook cost customer daily day deal deals demand demo discount drive event
    fair field focus forecast goal gold good grant great group growth hand home house job key
    land law lead leads list long major market marketing master may means meeting mill miles
    money month new next north note number numbers offer office open order orders page paper
    partner pipeline plan post power price prices product quarter quick quote quotes rate read
    report rich sale sales service sharp shop short small south spring stand start state stock
    store strong summer support target team term terms time top tour town trade training travel
    value visit way week well west east will win winter work worth year young
    """
)
"""Names that are words of such meetings: at the beginning of a sentence they are nearly always
that."""

WORDS = BUSINESS | _words(
    """
    abbot amber angel april archer art ash august autumn baker ball bank barber barker baron
    bay bear beck bell berry bill bird bishop black blue bob booth bridge bright brook brooks
    brown buck bud burn burns bush butcher butler candy carol carpenter carter chip christian
    church clay cliff cole cooper colt cotton court cox cross crystal daisy dale dawn dean dear
    dick drew duke earl english eve evergreen faith farmer finch fisher flower flowers ford
    forest forester forrest fortune fox frank freeman french frost gale gardener gardner gay
    gene gentle ginger glen golden grace grave graves gray green grey grove gus guy hall ham
    harbor hardy harmony harper hart hawk hay heath heather hill hills holiday holly holmes
    honey hope horn hunt hunter ice iris iron irons ivory ivy jack jade jasmine jay jewel
    jordan josh joy june junior keen king knight lake lamb lance lane larch lark lily lion
    little lock love luck mann maple march marina mark marks marsh marshal mason max meadow
    melody mercy merit miller mills mint mire moon moor moore morning moss mountain nick noble
    norm oak ocean olive page park parks pat patience patty peace pearl pen penny perry piper
    pierce pike pine pitt plum pool pope porter pot potter prince queen rain rash ray reed reef
    rice ring ripley rivers river robin rob roof rock roman root rose rosemary ross rowe ruby
    rush rusty sage sandy savage scott sea seal seller shade shepherd ship silver singer skip
    sky slate smart smith snow sonny speed star steel stella sterling steward stone storm
    stream street sue summers sun sunny swan sweet swift tailor tanner taylor teller temple
    thorn tiger tower trip trinity troy tucker turn turner tuft vale victor violet virginia
    wade walk walker wall ward waters weaver weber welder wells white wild wise wolf wood woods
    woody wren wright
    """
)
"""Names that are words too: they name somebody by their capital letter within a sentence, or by
what stands around them."""

MONTHS = _words("april august june march may")
BEFORE_MONTHS = _words("in by of from until till since to this next last mid early late end for")

PARTICLES = _words(
    """
    van von der den del dos das des bin ibn ter ten the zum zur san santa saint abu dela della
    dalla jr sr phd mba
    """
)
"""Parts of names that tell nobody from anybody."""

TWO_LETTERS = _words(
    """
    ad ai am an as at be by da de di do el en es et eu ex go ha he hi hr if im in is it la le
    lo ma me my no of oh ok on or os pa pm pr qa se si so tv uk un up us vs we zu
    """
)
"""Words of two letters that are in too many sentences to be taken for a name in small letters."""

PERSON_DOES = _words(
    """
    is was has had does did isn wasn hasn hadn doesn didn can could should would must cannot
    couldn shouldn wouldn
    """
)
PERSON_ALONE_DOES = _words(
    """
    never always often keeps needs wants says said thinks gets forgets forgot misses missed
    seems looks still struggles complains knows told tells asks asked refuses avoids talks
    sounds feels might won
    """
)
"""What stands after somebody's name, and hardly after a thing."""

BEFORE_PERSON = _words(
    """
    ask tell help thank remind coach is does did has was about with congratulate blame isn
    doesn didn
    """
)
"""What stands before somebody's name in small letters."""

BEFORE_THING = _words(
    """
    a an the our this that your their his her my its no any each every more new these those
    some what which of
    """
)

_SHORT = """
abigail: abby abbie gail
adelheid: heidi
agnieszka: aga
albert: al bert bertie
alberto: beto
albrecht: albi
aleksander aleksandr: alex sasha sascha olek
aleksandra: ola sasha
alejandro: alex ale jandro
alessandro: ale sandro
alexander: alex al sandy xander sasha sascha alec lex
alexandra: alex sandra sandy sasha lexi
alfred: al alf alfie fred
alison: ali
amanda: mandy
andreas: andi andy
andrew: andy drew
andrea: andi andy
andrzej: andy jedrek
angela: angie
anastasia: ana stasia nastya tasia
anna: ann anni ania anya
anneliese: anne liese
anthony: tony ant
antoine: toine
antonia: toni
anton: toni
antonio: toni tony toño
archibald: archie
arthur: art arti
barbara: babs barb bärbel babsi
bartholomew: bart
bartosz bartlomiej: bartek
beatrice beatrix: bea trixi
benedict benedikt: ben bene
benjamin: ben benny benji
bernard bernhard: bernie
bernd: bernie
bradley: brad
brigitte: gitte
cameron: cam
carl karl: kalle charly
caroline carolin carolina: caro carrie lina
cassandra: cass cassie
catherine katherine kathryn: cathy kathy kate katie kat kitty
catarina caterina: cat rina
charles: charlie charley chuck chaz
charlotte: charlie lotte lottie
christian: chris
christina christine christiane: chris tina chrissy
christopher christoph christoforos: chris kit topher
clemens clement: clem
cornelia: conny nelly
cornelius: conny neil
daniel: dan danny dani
daniela danielle: dani danny ela
david: dave davy
deborah: deb debbie
dennis: den
derek: del
dietmar: didi
dieter: didi
dimitri dmitri dmitry: dima dimi mitya
dimitrios: dimi dimitris jimmy
dominic dominik: dom nik
donald: don donny
dorothea dorothy: doro dot thea dottie
douglas: doug
edmund: ed ted
eduard edward: ed eddie ted ned teddy
eduardo: edu
edwin: ed
ekaterina: katya
eleanor: ellie nell nora
elena: lena
elisabeth elizabeth: liz lizzie beth betty lisa eliza bess lisbeth sissi elli
emanuel: manu
emily: em emmy
emma: em
enrique: quique kike
eric erik: rick
ernest: ernie
esteban: este
eugene: gene
evgeny evgeniy: zhenya
felix: fe
ferdinand: ferdi
fernando: fer nando
florian: flo
frances: fran frannie
francesca: fran franci
francesco: franco
francis: frank fran
francisco: paco pancho fran cisco
frances francis: fran
franziska: franzi
franz: franzl
frederic frederick friedrich: fred freddie fritz rick
gabriel: gabe gabi
gabriela gabriele gabriella: gabi gaby
geoffrey: geoff
georg george: schorsch georgie
georgina: georgie gina
gerald: gerry jerry
gerhard: gerd hardy
gerard: gerry
giovanni: gianni gio vanni
giuseppe: beppe peppe pino
grzegorz: grzes greg
gregor gregory: greg
guadalupe: lupe
guillermo: memo guille
gustav gustavo: gus
guenter gunter: guenni
hannelore: hanne
hans: hansi
harold: harry hal
heinrich: heiner heinz heini
helena helene: leni lena
helmut: helmi
henrietta: hetty
henry: harry hank
herbert: herb bert
hubert: bert hubi
ignacio: nacho
ines: nes
irina: ira
isabel isabella isabelle: bella izzy isa belle
ivan: vanya
jackson: jack
jacob jakob: jake jack köbi
jacqueline: jackie
james: jim jimmy jamie jem
jan: janek
janet: jan
jasmin: jas
javier: javi
jean-pierre: jp
jean-claude: jc
jeffrey: jeff
jennifer: jen jenny
jeremy jeremiah: jerry jem
jerome: jerry
jessica: jess jessie
jesus: chuy
joachim: jo achim jochen
joanna johanna: jo hanna hanni joey asia
johann johannes: hannes hans jo jan johnny
john: johnny jack jon
jonathan: jon jonny nathan
jorge: coque
jose: pepe chepe
josef joseph: joe sepp joey jupp sef
josephine: jo josie fine
joshua: josh
juan: juanito
judith: judy
julia: jules juli
julian julius: jules juli
justin: jus
justyna: justa
karolina: karo
katarzyna: kasia
katharina katarina: kathi kati kat trine nina katja
kathleen: kathy
kenneth: ken kenny
kimberly: kim
klaus: klausi
konrad: conny
konstantin konstantinos: kosta kostas stan
krzysztof: krzys
laura: lau
laurence lawrence: larry laurie
leonard leonhard: leo len lenny
leonardo: leo
leopold: leo poldi
lillian: lily lil
lorenz: lenz
lorenzo: enzo renzo
louis ludwig: lou lui wiggerl
louisa luisa louise luise: lou lulu
lucas lukas: luke luki
lucia: lucy
ludmila: luda mila
magdalena: lena leni magda maggie
malgorzata: gosia
malcolm: mal
manfred: manni fred
manuel: manu manolo
manuela: manu ela
marcus markus: marc mark
margaret margarethe margarete: maggie meg peggy greta gretel grete marge rita
margarita: rita
maria: mia mari ria mitzi
mariana: mari
maria-jose: majo
marie: mia
martin: marty
martina: tina
matilda mathilde: tilly tilda
matthew: matt mat
matthias mathias mattias: matze matt hias
maureen: mo
maurice moritz: mo mauri
maxim: max
maximilian: max maxi
maxwell: max
melanie: mel
melissa: mel lissa
mercedes: merche
michael: mike mick micky michi mikey mischa
michaela: michi ela micha
michal: misiek
michel: mitch
miguel: migue
mikhail: misha
miroslav: mirek
mitchell: mitch
mohamed mohammed muhammad mohammad: mo moh
monica monika: moni
nadezhda: nadia
nancy: nan
natalia natalie: nat nati natasha
nathan nathaniel: nate nat
nicholas nicolas nikolaus nicolaus: nick nico klaus niklas
nicola nicole: nicky nico nic
nikolai nikolay: kolya nik
norbert: nobby bert
norman: norm
olga: olya
oliver: ollie olli oli
olivia: liv livvy
oscar: ossie
oswald: ossi oz
pamela: pam
patricia: pat patty trish tricia pati
patrick: pat paddy rick
pauline paulina: paula
pawel: pawelek
pedro: perico
penelope: penny
peter: pete petey
petra: pe
philip philipp phillip: phil pip flip
piotr: piotrek
priscilla: cilla
rafael raphael: raf rafa raffi
raimund raymond: ray mundi
rajesh: raj
rajendra: raj
ramon: moncho
rebecca rebekka: becky becca bekki
reinhard: hardy
reinhold: holdi
renate: nate reni
ricardo: rick ricky richi
richard: rich rick dick ricky richie
robert: rob bob bobby robbie bert bert
roberto: beto rob
roberta: bobbie
roderick: rod
rodrigo: rodri
roger: rog
roland: rolli roly
ronald: ron ronnie
rosalind: ros roz
rudolf: rudi
rupert: rupi
russell: russ
ryszard: rysiek
salvatore: salvo toto
samantha: sam sammy
samuel: sam sammy
samira: sami
sandra: sandy
santiago: santi
sarah: sally sadie
sebastian: seb basti bastian wastl
sergei sergey: seryozha
sergio: checo
siegfried: sigi siggi
sigrid: sigi
silvia sylvia: silvi
simon: si
simone: simi moni
sofia sophia sophie: soph fia sofi
spencer: spence
stanislav stanislaw: stan staszek slava
stanley: stan
stefan stephan: steff stef
stefanie stephanie: steffi steph stef
stephen steven: steve stevie ste
suresh: suri
susan susanne susanna suzanne: sue susie suzy sanne susi
svetlana: sveta lana
sylvester: sly
tamara: tammy tam
tatiana tatjana: tanya tanja
terence: terry
theodor theodore: theo ted teddy
theresa teresa therese: resi terry tess tessa
thomas: tom tommy thom
tiffany: tiff
timothy: tim timmy
tobias: tobi toby
tomasz: tomek
torsten thorsten: totti
ulrich: uli
ulrike: uli rike ulla
ursula: ulla uschi
valentin valentina: val
valerie: val
vanessa: nessa
veronica veronika: vroni ronnie vera
victor viktor: vic vik
victoria viktoria: vicky tori vic
vincent: vince vinnie
vincenzo: enzo
vladimir: vova vlad volodya
walter: walt wally
wilfried: willi fred
wilhelm: willi will wim helmi
william: will bill billy liam willie
winifred: winnie
winston: win
wojciech: wojtek
wolfgang: wolf wolfi
xavier: xavi
yevgeny: zhenya
yvonne: vonny
zachary zacharias: zach zack
zbigniew: zbyszek
zsofia: zsofi
"""


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in filter(None, _SHORT.splitlines()):
        names, _, forms = line.partition(":")
        for name in names.split():
            table[name] = (*table.get(name, ()), *forms.split())
    return table


SHORT_FORMS = {re.sub(r"-", "", name): forms for name, forms in _table().items()}
"""How first names are shortened, in the languages of Europe and the Americas. The libraries that
there are know those of English alone, and tables made for family trees say that half of all names
are each other."""
