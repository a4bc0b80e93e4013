"""An emergency's words told of what is past, denied or another's stop nothing; the emergency beside them is heard."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.watch import told_calmly, watch

TODAY = date(2026, 11, 22)

CALM = [
    # What always was so, in a long course in which nothing is new.
    "My migraines started in college and I'm 46. They always come with zigzag lights for twenty minutes, sometimes my "
    "left hand goes tingly and my words come out jumbled.",
    "I've had these headaches since I turned 30. They start behind one eye, my eye waters and droops, an hour later "
    "it's over. They come in bunches every fall.",
    "I've had MS since 2008, my left leg's been the weak one since about 2012 and it is exactly as weak today as then",
    "I have had MS since 2011. My legs are numb from the knees down and I use a walker for longer distances, this has "
    "been the same for at least three years.",
    "44F with relapsing-remitting MS dx 2014. Hand paresthesias since 2020. Uses cane outdoors. Neurogenic bladder. "
    "No new relapse symptoms. EDSS stable.",
    "About a year and a half ago he had what they called a TIA, his speech was garbled for ten minutes. Nothing since.",
    "He was diagnosed with absence epilepsy in kindergarten. He has never had a big seizure.",
    "7F w/ tuberous sclerosis, focal seizures 2-3/wk on VGB + CBD. Surveillance MRI denied.",
    "Back in may she got real confused, it was her lupus. she come out of it and she's herself",
    "45F 5 mo s/p TBI, improving. Residual: fatigue, mild R pronator drift, word-finding difficulty.",
    # Taken back, figures of speech, a name.
    "Correction - I wrote that I can't feel my legs, I meant I can't feel my toes when they get cold",
    "I wrote he has seizures, I meant his cousin has seizures, he has just tics",
    "Whenever the bill comes I about have a heart attack.",
    "you people at the plan are the worst headache of my life, ha. actual head is fine",
    "my kid's swim team name is the Suicide Ducks. he hurt the shoulder in august",
    "It started Labor Day weekend, I wouldn't call it an accident, it just seized up. The top of my foot is numb.",
    # Near to a crisis in words alone.
    "I counted out my pills for the week, two naproxen left. Please cancel the appeal, they approved it.",
    "My wife gave the dog to her sister because of my knee. I won't need the hearing, the plan approved the scan.",
    "He broke my phone screen when he stepped on it, so call my wife's cell about the shoulder MRI.",
    "My husband is gonna kill me when he sees this bill.",
    "I'm done with all of it, the PT, the shots, the pills. I counted eleven visits.",
    "mom took her insulin and ate, sugar 130, and we are ready for the scan",
    "Whoever signed this should be ashamed, I know where their office is and I'm going to hand in the appeal on Monday",
    "The records say you bumped your head on a cabinet, did not pass out, did not vomit and take no blood thinner.",
    "He hit his head, he did not vomit.",
    # "no peer": no urine is held back
    "Just so it is on record: no peer-to-peer was ever offered to us.",
    "I just called, no pee sample was taken",
    # "just" tells of no time
    "the weakness in my left hand just isn't getting any better",
    "My right foot weakness, I just want to ask if PT counts",
    # what started months ago is no news
    "neck pain started June 2026, down the left arm. I keep dropping my keys",
    "numb fingers and neck pain, it started 5 months ago, I drop things",
    "weakness of the left leg began in the spring",
    # a season or a month gone by
    "I had chest pain over the summer, they checked me in the ER and found nothing. None now.",
    "crushing chest pain in the spring, the heart doctor cleared me",
    # a joint that hurts at night and at rest
    "hip aches at night and at rest",
    "night pain yes, also at rest, no tumor",
    # nobody's
    "no one in my family ever had a seizure",
    "nobody on my mother's side has had a stroke or slurred speech",
    "no family history of seizures or strokes",
    # one who is dead
    "My mother died at 51. She had crushing chest pain and collapsed. I have no symptoms.",
    "My brother passed away in 2019. He had a sudden severe headache. I never had one.",
    # despair that a family carries, or that is over
    "FHx: father suicide, sister depression. Migraine x 3 yr",
    "fam hx of suicide (aunt), HTN (dad); neck pain x 8 wk",
    "after his stroke he talked about wanting to die, but therapy helped and he is doing well",
    "She wanted to die after the surgery but was treated and that's behind her.",
    # the age at which it was
    "he had a seizure when he was 3 with a fever, just the one",
    "my son hit his head in october. he had a seizure when he was three",
    "couldn't feel my arms for a minute when I was 16, a diving thing",
    # past, and gone now
    "she had a mini stroke in august, arm went weak for an hour, all gone now",
    "in june my face drooped for an hour, I'm fine now",
    # looked at, and sent home
    "my husband had chest pain last night, went to ER, they ruled out heart attack, discharged",
    "I had chest pain on tuesday. The ER did an EKG and troponins, all normal, sent me home.",
    "she passed out at church sunday, hospital kept her overnight, tests were normal and she was released",
    # denied together, or in the next words
    "No chest pain or fainting ever, just out of breath",
    "Numbness R foot. Denies saddle anesthesia",
    "numb toes, no groin numbness",
    "My foot is numb. No numbness in the groin or bottom.",
    "numbness: yes, lateral calf, unchanged. no saddle sx",
    "Tingling both feet. Denies groin numbness, incontinence.",
    # since a month that is long over, whatever stands between
    "my arm just hangs there since the fall in july, cant raise it",
    "my grip is weak since the june accident",
    "left leg weak since my surgery back in may",
    # a little blood, as for weeks
    "she coughs up a little blood in the morning for 3 weeks",
    "blood in my poop sometimes",
    "belly pain for 2 months and some blood when i wipe",
    # answered no
    "they ask on the form: have you had a seizure, do you have sudden numbness. I put no no no",
    "Q: worst headache of life? A: no. Q: vision? A: no.",
    # words alone
    "i bought the plan myself in january",
    "I'd rather die than call them again hahaha",
    "I cut myself shaving while on hold",
    "say goodbye to my deductible I guess",
    "I took all my pills like they said for six weeks, no help",
    "our old lab is being put to sleep friday so I can't talk then",
    "wife says im gonna have a heart attack over this paperwork",
    "calf swollen since yesterday, knee replacement was 10 days ago, breathing is fine",
    # why the scan was asked for, and what the plan wants
    "MRI for seizures",
    "The scan for seizures was not approved",
    "they did not approve the scan for his seizures",
    "To be approved, you need to have tried PT for 6 weeks, or have foot drop, or loss of bladder control.",
    "my denial says: You would need a nodule larger than 8 mm, coughing up blood, or weight loss.",
    # denied, whatever the plan's words before make of the sentence
    "not medically necessary, low back pain 12 weeks, no numbness no bladder problems",
    "not medically necessary, low back and right leg pain, no fever, no numbness, no bladder problems, no weakness",
    # a month
    "Transient visual loss OS 8/2026, 4 min, no recurrence",
    "The doctor asked if I had thoughts of harming myself and I told her no",
    "my surgeon said sudden leg weakness would change everything. so far so good",
    "so confused. you said 180 days and the paper says 60",
    "cant breathe through the left side of my nose",
    "my legs are dead after that hike",
    # what walking brings and sitting takes away
    "both legs numb when I walk, better when I sit",
    "my legs go weak when I stand too long and it's fine once I sit down",
    "fainted twice this summer, heart monitor was ok",
    "can't poop, its the norco",
    # other emergencies, told of no now
    "i'm allergic to contrast, my throat closes up when i get it",
    "had anaphylaxis to gadolinium in 2018",
    "he has sleep apnea and stops breathing at night",
    "I'm choking on all this paperwork",
    "they are bleeding us dry with these bills",
    "the bleeding stopped",
    "sugar runs 150, shaky sometimes",
    "my a1c is 9 and i sweat",
    "my fingers turn white in the cold",
    "my hands are always cold and pale",
    "toes turned black and blue after i stubbed them",
    "my cast came off and my thumb is still numb",
    # what comes with each period
    "abdominal pain around her period, doubled over for two days every month. Throws up from it.",
    # an old stroke's remains, nerves, and what the scanner asks
    "My husband had a stroke in May. He still can't find some words. He sees speech therapy twice a week.",
    "I get numb lips and fingers when I panic. Have had panic attacks since 2020.",
    "Can't lie flat for the MRI because of my back, is there an upright one?",
    # seizures that one has are a condition
    "I have seizures",
    "my daughter is 9 and has seizures (has had them since 3). they want a new MRI before changing meds",
    "my brother has a seizure maybe every other month, always the same kind",
    "I had one seizure in my life, at 19. I'm 44",
    "my service dog is trained for my seizures",
    # a spell of more than a week ago, of which the exam of now finds nothing left, or that the tests cleared
    "TIA 11/9/26: right facial droop 20 min, fully resolved. No neuro deficit on today's exam. Needs CTA neck.",
    "ED 11/9 for L facial numbness 2 h, admitted overnight, MRI neg, d/c on DAPT, none since.",
    "Went to the ER on October 3rd because I thought I was having a heart attack, everything came back ok.",
    "ER on Nov 2 for a possible TIA. I couldn't get words out for ten minutes. All tests were good. None since.",
    # lengths in whatever words
    "For ten weeks or so I can't find words, like I say the thing for the dishwasher",
    "The left leg has been a little weak on the stairs for around two months now",
    "Periods so heavy for the past year that I soak a pad an hour on day two.",
    "left foot drop since about 2012, strength 2/5",
    "My speech is slow since the stroke. That was four years ago.",
    "HPI cont: In 2021 she was hospitalized for a bleed with right weakness and trouble finding words.",
    "With each migraine I get slurred speech. I had 4 this year, same as always. My new neurologist wants an MRA.",
    # denied by "not"
    "My legs are strong and not numb and I have no accidents in the bathroom",
    "my legs are not weak at all",
    # another's
    "my brother had a brain tumor and the first sign was a seizure. I never had one.",
    "coworker's seizure at the plant shook us all up. anyway its my shoulder",
    "neighbor lady had a heart attack waiting on her insurance",
    "nobody here is having a stroke",
    "I lost a patient to suicide last year, what do you need for the peer to peer?",
    "hx overdose accidental oxycodone 2013, sober 12 yrs",
    # a list of theirs
    'Could you tell me whether "severe pain, new weakness, trouble with bladder" on page 2 are all required?',
    "please send notes that show fainting or chest pain with effort, is all the echo letter says",
    # words alone
    "headaches x 10 y, dr just updating imaging before a new preventative",
    "my foot falls asleep when I sit on it and wakes up in a minute",
    "I can't breathe through the left side at all, deviated septum",
    "felt a snap Saturday, the arm won't go up past my waist",
]

HEARD = [
    ("He hit his head, didn't vomit at first but now he is throwing up", "RF19"),
    ("just since this morning no pee comes out and my back hurts", "RF01"),
    ("I just can't move my left foot since I woke up", "RF02"),
    ("my right hand just went weak an hour ago", "RF02"),
    ("neck pain started two days ago and now I drop everything and stumble", "RF03"),
    ("I had chest pain in the summer and now the crushing chest pain is back", "RF20"),
    ("short of breath at rest since last night", "RF42"),
    ("I can't breathe lying flat at night", "RF42"),
    ("nobody believes me, my son had a seizure this morning", "RF17"),
    ("My father died in 2001. My mother had a seizure an hour ago.", "RF17"),
    ("My father died last year. He had chest pain. Now I have crushing chest pain and I am sweating", "RF20"),
    ("nobody can get her up, she won't wake up", "RF18"),
    ("I had a seizure when I was in the shower", "RF17"),
    ("my face drooped when I was in the kitchen this morning", "RF10"),
    ("my husband had chest pain last night, ER sent him home, now it is back", "RF20"),
    ("I have crushing chest pain, the ER ruled out a heart attack last week", "RF20"),
    ("in june my face drooped, it went away, and now it droops again", "RF10"),
    ("my feet are numb and so is my crotch", "RF01"),
    ("no saddle sensation on exam today", "RF01"),
    ("no feeling in my butt since last night, toes tingle too", "RF01"),
    ("left arm weak since monday, had surgery in may", "RF02"),
    ("I just passed out in the kitchen", "RF18"),
    ("my mom just passed out in the kitchen", "RF18"),
    ("my dad just fainted", "RF18"),
    ("sometimes i pee a little when the back spasms hit, started 2 weeks ago", "RF01"),
    ("my low back went out and now pee leaks out", "RF01"),
    ("coughing up blood since this morning", "RF21"),
    ("blood in my stool today and I'm dizzy", "RF26"),
    ("my daughter took a bunch of pills", "RF48"),
    ("he swallowed a whole bottle of tylenol", "RF48"),
    ("calf swollen, and breathing is hard", "RF21"),
    ("the MRI for his seizures was denied, and he had a seizure this morning", "RF17"),
    ("I had an MRI for a seizure he had this morning", "RF17"),
    ("they say you need to have lost bladder control and I have", "RF01"),
    ("To be approved you need weakness. My leg went weak this morning.", "RF02"),
    ("not medically necessary, numb between the legs since yesterday", "RF01"),
    ("so confused, doesn't know where he is", "RF18"),
    ("he passed out and isn't coming back around", "RF18"),
    ("both legs numb when i walk, better when i sit, and i cant pee", "RF01"),
    ("both legs went numb while walking today and it doesn't go away", "RF01"),
    ("can't poop and can't feel my bottom", "RF01"),
    ("my husband is gray and sweating and rubbing his chest", "RF20"),
    ("crushing pain left arm and jaw", "RF20"),
    ("my throat is closing up", "RF50"),
    ("my lips are swelling and i have hives after the contrast", "RF50"),
    ("allergic to contrast and now my tongue is swollen", "RF50"),
    ("the baby isn't breathing", "RF51"),
    ("he's choking", "RF51"),
    ("the bleeding won't stop", "RF52"),
    ("blood is spurting from his leg", "RF52"),
    ("sugar is 480 and he is confused", "RF53"),
    ("blood sugar 38 and she is shaking", "RF53"),
    ("insulin pump failed and im vomiting", "RF53"),
    ("my foot is cold and white since last night", "RF31"),
    ("his foot turned blue", "RF31"),
    ("can't feel or move my foot since the cast went on", "RF31"),
    ("he's having seizures", "RF17"),
    ("she has new seizures", "RF17"),
    ("his seizures are getting longer, six minutes now", "RF17"),
    ("my wife said I had a seizure", "RF17"),
    ("TIA 11/20/26: right facial droop 20 min, resolved. No neuro deficit on today's exam.", "RF10"),
    ("mini stroke on 11/9, face drooped, resolved. Today the droop is back", "RF10"),
    ("speech slurred for two weeks", "RF10"),
    ("my period is so heavy I'm soaking a pad an hour since this morning", "RF52"),
    ("my legs are not weak but since today they are numb", "RF01"),
    ("on prednisone for years, stumbled off the curb tonight, heard a snap near the hip, cant move it", "RF10"),
    ("chronic LBP now new urinary retention, saddle hypoesthesia since 0400", "RF01"),
    ("my grip was weak since june but tonight the arm went dead and I'm slurring my words", "RF10"),
    ("my coworker is having a stroke right now", "RF10"),
    ("The stitches came open. I can see bone. from the shin", "RF31"),
    ("My husband had a stroke in May. Now he can't find his words again since this morning", "RF10"),
    ("I can't lie flat, sat up all night, my ankles are huge and I can't breathe", "RF42"),
    ("our 4yo swallowed one of those button batteries", "RF48"),
    ("period pain this month is unbearable, belly pain and throwing up since noon", "RF24"),
    ("My dad took his blood pressure pills twice, he's real slow to answer", "RF48"),
]

CRISES = [
    # Told in passing: an end, what is given away, a number, a threat.
    "No need for the external review, Maria can have the car and the account number is on the fridge. I'm tired and "
    "tonight I get to rest from it.",
    "been giving the guitars to my nephews one at a time. by the hearing there wont be a member to reimburse",
    "the pills are counted out in the drawer, if they say no again I know how I'm going to stop hurting",
    "the 6:40 freight comes through behind our fence and it would be no more claims no more pain",
    "i figured out the exact number for my weight. just finish the appeal so my wife gets the refund",
    "they pumped me out friday, so why wouldnt i just do it right next time",
    "I can't find one single reason to wake up tomorrow",
    "my wife keeps saying the life insurance would do us more good than she does",
    "Some guy that's me has a full tank and a map to your building. tell the director to enjoy his weekend",
    "I know where he parks. going to be there Monday with my 9mm",
    "I wrote that I want to kill myself and I meant it.",
    "I've started giving my stuff away. It's easier than another year of this pain",
    "dad says he doesn't want to wake up tomorrow cuz his hip hurts so much",
    "she doesnt want to wake up again",
    "they'd all be better off if I just never woke up",
    "it would be easier if i didn't wake up one day, this neck is killing me",
    "FHx: uncle suicide. Pt endorses SI with a plan",
    "he wanted to die and got counseling but he is not better",
    "I wanted to die last night, my sister got me help and I'm ok now",
    "he wanted to die, got treatment, was fine, and today he says it again",
    "I took all my pills like they said and I want to kill myself",
    "I called the suicide hotline last night",
    "I'd rather die than live like this",
    "i have a plan to kill myself",
    "daughter overdosed on tylenol tonight",
    "they asked if I think of hurting myself, I said no. That was a lie",
    "they ask me every visit if I have thoughts of hurting myself and I say no. The answer's been yes since june",
]


def stops(text: str) -> dict[str, str]:
    return {hit.id: hit.level for hit in watch(text, today=TODAY) if hit.level != "U"}


NOT_NOW = [
    "my husband grabbed my arm so I wouldn't fall on the ice, that's how the shoulder got pulled",
    # real words that only look like a misspelt sign
    "C-spine XR: multilevel spondylosis with spurring at C5-6, neck pain 4 months",
    "In conclusion, head injury ruled out, worse things happen",
    # where a cancer began is no confusion
    "they found cancer cells and dont know where it started, the doctor wants a PET",
    # over within the words
    "lumbar radic, foot drop resolved after surgery in 2022, now leg pain only 8 wks",
    "coughing up a bit of blood back in september, chest xray showed a spot, now waiting on the CT",
    # ticked off in a list that names the part first
    "Intake: Numbness groin N, Bladder N, Bowel N, Night pain Y",
    "chest pressure no, sweating no, arm or jaw no",
    # how long each spell lasts is no time ago
    "pressure in the middle of the chest, lasts maybe three minutes. Started in June, cardiologist saw me",
    # since a day that is no news
    "he has MS, new numbness in the left side of his face since october 12",
    # said not to be true
    'The notes say "patient reports loss of bowel control." I never said that, I have IBS',
    # printed, or seen in a show
    "the gabapentin leaflet says call your doctor for suicidal thoughts, swelling or rash",
    "there's a 988 Suicide & Crisis Lifeline box at the bottom of the letter",
    "last night in that hospital show the guy collapses with chest pain",
    # a bowel that is known to bleed a little: for the same day
    "ct abdomen denied. belly pain, blood in stool, crohns",
    "he was confused after surgery in May for two days, the anesthesia. fine since. It's his hip",
    "left leg went numb for a few seconds when i stood up from the floor, i'd been sitting on it",
    # violence of sport, traffic and speech
    "he ran the light and hit me on the drivers side last week",
    "my wife kicked me in her sleep last night",
    "my husband will kill me if I miss the deadline haha",
    "you wrote she fell. she did not fall, she twisted it",
]

HEARD_BESIDE = [
    ("I have had MS since 2012 and nothing new for years, but since last night both legs are weak", "RF01"),
    ("I wrote numb foot, I meant I can't move my foot at all since this morning", "RF02"),
    ("She has seizures, she has just had one that lasted eight minutes and she isn't waking", "RF17"),
    ("My migraines always start with zigzags. Today it hit like a thunderclap in one second", "RF09"),
    ("my 5 year old swallowed one of those flat batteries at lunch, shes drooling", "RF48"),
    ("kid's stomach hurts since last night, now he's hot and screams if the car hits a bump", "RF24"),
    ("came off the barn roof Saturday. neck is killing me and both hands been buzzing ever since", "RF07"),
    ("Right eye just went. like somebody turned the lamp off, this morning at breakfast", "RF39"),
    ("Temp 102.9 since last night and my replaced knee is tight as a drum and burning to touch, cant bend it", "RF29"),
    ("sciatica since 8/30, left foot dropped yesterday and I can't lift it", "RF02"),
    ("crohns since 2015, tonight the toilet is full of blood", "RF26"),
    ("chest pressure for an hour, each time it lasts ten minutes and now I am sweating", "RF20"),
    ("mi mama tiene la cara caida de un lado y no habla bien desde hace una hora", "RF10"),
    ("i think i might be having a miscarriage", "RF27"),
    ("my lip and tongue are blowing up after the contrast dye", "RF50"),
    ("she fell off her bike an hour ago, was out for like a minute and threw up twice", "RF19"),
    ("felt a crack in my neck, now my left eyelid hangs and i'm dizzy", "RF43"),
    ("starting today I see two of everything", "RF10"),
    ("tengo un dolor muy fuerte en el pecho que me baja al brazo", "RF20"),
    ("my 5yo fell off the top bunk this morning, vomited 4 times, wants to sleep", "RF19"),
    ("like a window shade coming down over my left eye about an hour ago", "RF39"),
    ("new bilat hand clumsiness x3 days, urinary urgency w/ accidents", "RF03"),
]

VIOLENCE = [
    "hubby locks me in when he goes to work and took away my crutches",
    "my ex got out friday, said he's gonna finish what he started",
    "the home aide slaps my mother when she asks for the toilet",
    "He said if the hospital asks, I fell. I didn't fall.",
    "last night he bent my fingers back until one cracked",
    "My ex has been outside my apartment every night",
    "my boyfriend grabbed my bad arm and twisted it again last night, that's why I need the MRI",
    "my boyfriend hits me",
    "my husband choked me saturday, neck has hurt since",
    "he shoved me into the wall again last night, that's how my shoulder is like this",
    "The shoulder is from him, not from a fall like it says in the chart",
    "I'm scared to be home when he gets back",
    "mi esposo me pega",
]

SAME_DAY = [
    ("he had a TIA 12 days ago, all gone now", "RF10"),
    ("TIA on Nov 10, right arm and speech, all gone", "RF10"),
    ("her skin is a little yellow and the bile duct is wide", "RF54"),
    ("crohns for 10 years, belly pain and diarrhea 3 weeks, blood in stool", "RF49"),
    ("My wife's had a headache 2 months, worse each week, throws up in the morning", "RF16"),
]


@pytest.mark.parametrize("text", NOT_NOW)
def test_what_clinical_notes_list_stops_nothing(text: str) -> None:
    assert stops(text) == {}


@pytest.mark.parametrize(("text", "flag"), HEARD_BESIDE)
def test_more_emergencies_are_heard(text: str, flag: str) -> None:
    assert stops(text).get(flag) == "E"


@pytest.mark.parametrize("text", VIOLENCE)
def test_violence_at_home_is_a_crisis_of_its_own(text: str) -> None:
    assert stops(text).get("violence") == "crisis"


@pytest.mark.parametrize(("text", "flag"), SAME_DAY)
def test_more_signs_are_for_the_same_day(text: str, flag: str) -> None:
    assert {hit.id: hit.level for hit in watch(text, today=TODAY)}.get(flag) == "U"


@pytest.mark.parametrize(
    ("text", "calm"),
    [
        ("is he yellow? no, his skin and eyes are normal", True),
        ("no fever no vomiting. hes yellow? no his eyes are fine", True),
        ("im 29 and think i may be pregnant", True),
        ("is he yellow? no but he does not know us", False),
        ("is he awake? no", False),
        ("can he talk without slurring? no", False),
    ],
)
def test_a_question_answered_with_no_is_told_calmly(text: str, calm: bool) -> None:
    assert told_calmly(text, TODAY) is calm


@pytest.mark.parametrize("text", CALM)
def test_what_is_past_denied_or_anothers_stops_nothing(text: str) -> None:
    assert stops(text) == {}


@pytest.mark.parametrize(("text", "flag"), HEARD)
def test_the_emergency_beside_the_calm_words_is_heard(text: str, flag: str) -> None:
    assert stops(text).get(flag) == "E"


@pytest.mark.parametrize("text", CRISES)
def test_a_crisis_is_told_as_one_whatever_hurts_beside_it(text: str) -> None:
    assert stops(text).get("self_harm") == "crisis"


def test_a_wish_not_to_wake_is_no_sign_of_a_body() -> None:
    assert set(stops("he would be better off if he just didn't wake up")) == {"self_harm"}
    assert set(stops("I wish I wouldn't wake up tomorrow")) == {"self_harm"}


@pytest.mark.parametrize(
    "text",
    [
        "my daughter is 8, her headaches wake her up and she throws up in the mornings",
        "headaches for 6 weeks, he is sick to his stomach when he wakes up",
    ],
)
def test_headaches_with_sickness_in_the_morning_are_for_the_same_day(text: str) -> None:
    assert {hit.level for hit in watch(text, today=TODAY) if hit.id == "RF16"} == {"U"}


@pytest.mark.parametrize(
    "text",
    [
        "unsteady on the stairs and clumsy with my zipper, slowly since about July",
        "my neck hurts and my fingers have been clumsy since spring",
    ],
)
def test_a_cord_that_is_slowly_squeezed_is_for_the_same_day(text: str) -> None:
    assert {hit.level for hit in watch(text, today=TODAY) if hit.id == "RF03"} == {"U"}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my calf is swollen and sore since the knee surgery last week", "RF46"),
        ("calf is swollen and tender after my ankle surgery 10 days ago", "RF46"),
        ("my calf swelled up and is red and hot since the boot came off", "RF46"),
        ("she coughs up a little blood in the morning for 3 weeks", "RF47"),
        ("blood in my poop sometimes", "RF49"),
    ],
)
def test_what_a_clinician_should_see_the_same_day_is_heard(text: str, flag: str) -> None:
    assert {hit.id: hit.level for hit in watch(text, today=TODAY)}.get(flag) == "U"


@pytest.mark.parametrize(
    "text",
    ["no calf swelling after surgery", "my legs have been swollen for years", "my knee is swollen after surgery"],
)
def test_an_ordinary_swelling_is_no_clot(text: str) -> None:
    assert "RF46" not in {hit.id for hit in watch(text, today=TODAY)}


@pytest.mark.parametrize(
    "text",
    [
        "it started about a year and a half ago, i was just sitting at my desk. burning in between my shoulders",
        "my grip is weak on the left and I drop my coffee cup, since the june accident",
        "hand goes numb at the wheel, has for 3 years",
        "i cant be pregnant",
        "she cant be pregnant shes 70",
        "could be pregnant",
        "possibly pregnant, dont know",
    ],
)
def test_an_old_complaint_or_a_bare_answer_is_told_calmly(text: str) -> None:
    assert told_calmly(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "my hand was numb for 3 years and now the arm too",
        "weak since the june accident, worse every week",
        "I've had migraines all my life and this isn't one. It came in like a gunshot at 2 pm",
        "the heart trouble started two years ago, and my chest hurts",
        "my hand is numb",
        "pregnant and bleeding",
        "could be pregnant and my side hurts",
        "the despair I had for eight years is back",
    ],
)
def test_what_may_be_news_is_not(text: str) -> None:
    assert not told_calmly(text, TODAY)
