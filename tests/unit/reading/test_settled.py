"""What has been so all along, was then, was cleared or only warned of raises no alarm; the same words of today do."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.watch import watch

TODAY = date(2026, 11, 21)


def alarms(text: str) -> set[str]:
    return {hit.id for hit in watch(text, today=TODAY) if hit.level in ("E", "crisis")}


@pytest.mark.parametrize("text", [
    # Denied beside another sign, of a course whose length is told, less than it was.
    "I'm not short of breath, I've not coughed any blood.",
    "She is 68, new headache, scalp sore, no double vision",
    "She still gets headaches and can't keep her mind on her homework",
    "seen for a nine-month history of neck pain; he now drops coins and cannot button his shirt",
    "My son limps on his right leg. Started around school, eight or nine weeks.",
    "Since the accident in May my neck hurts. In the beginning I couldn't lift the arm, but it came "
    "back with therapy. Now it tingles.",
    "Her legs get weak when it's hot, she has MS. Nothing new.",
    "Laminectomy 8/19/2026 for left foot drop. Foot drop has improved from 2/5 to 4/5.",
    "It was my birthday, May 9, when I lost the sight in my right eye for about two minutes. Tests were fine.",
    "Ten years of migraines. My hand goes tingly, then I can't find words for a few minutes. Always the same.",
    # Another matter's "now" and "today".
    "She gets short of breath when she vacuums, known since 2020. Today's visit was for the echo paperwork.",
    "s/p RALP 2022. PSA now 1.1. Some stress incontinence since surgery, 1 pad/day.",
    "He has MS 20 years, in wheelchair since 2018. Can't move his legs. Right now we only need the yearly MRI "
    "approved.",
    "My chest gets tight walking uphill, goes away in five minutes when I stop. None today. No sweating with "
    "it, a little winded.",
    "In 2019 I shattered my ankle. My big toe won't lift all the way since the surgery. Now the hardware hurts.",
    # So all along.
    "CES 2022 s/p decompression. Residual: saddle numbness patchy, R foot weakness - all stable. New imaging req.",
    "Numbness L thigh, weakness with heel walk, both present since DOI. Today: L EHL 4-/5, unchanged vs 8/14 exam.",
    "Now the leg is weak when I go up on my toes. My doctor says it's been the same since summer.",
    "He can't remember words. Started maybe a year and a half ago, worse this year.",
    "I've lived with panic attacks for 20 years. heart races, can't breathe, hands go numb. Same as ever.",
    "Resubmitting: objective weakness L quad 4-/5, absent patellar reflex, present since 8/2026; failed 8 wks PT.",
    "I'm paralyzed from the waist down, T8, motorcycle, 2011. My shoulder is shot.",
    # Attacks that come again and again alike.
    "Migraine w/ brainstem aura: attacks 1-2/mo since age 22 incl vertigo, slurred speech, diplopia x 30-40 "
    "min then HA.",
    # Then, and over.
    "Fell off horse 5 weeks ago. \"Couldn't feel my legs for a second when I landed\" but nothing since.",
    "I had COVID in January and was in the hospital on oxygen, could not breathe at all then.",
    "I had a seizure from low sugar one time, in 2016. Not epilepsy.",
    "While deadlifting in June felt a pop in low back, sudden severe pain, legs gave out. ER: XR neg.",
    "Had my gallbladder out in July. Two weeks after I turned yellow and had a fever, they took a stone out.",
    # Looked at, and cleared.
    "MVA 10/28. ED that day: CT head/c-spine neg, dx concussion. LOC few seconds.",
    # Warned of.
    "My doctor told me if my foot drops or I can't hold my water I should go straight in. That hasn't happened.",
    "Return/ED precautions reviewed incl. thunderclap HA, focal deficit, AMS, fever + stiff neck.",
    "Strict ER precautions for saddle anesthesia, bowel/bladder incontinence or leg weakness given.",
    "Instructed pt to seek emergency care should she develop facial droop or slurred speech",
    # Doubted.
    "Low suspicion for septic arthritis. No concern for compartment syndrome. Get MRI.",
    "Occasional palpitations with caffeine, none w/ syncope.",
    # Somebody else's, told in the next breath.
    "I am 35 weeks along and bleeding? no that's my sister in law. I'm the one with the fibroids.",
    "My therapist asked if I'm suicidal and I'm not, I'm just worn out from this hip.",
    "Sister-in-law swallowed a bottle of pills years ago, nothing to do with me. My request is for a wrist MRI.",
    # The bottom of a foot or a page is no seat, a person who quits or limps no limb, a blood test no pregnancy test.
    "low back pain since june, goes down my right leg to the foot, bottom of my foot tingles. did PT 8 weeks.",
    "they say it's too soon. down the bottom A228841907 is the \"service reference number\". what do we do",
    "I was training for Chicago and had to quit. Right foot, pain began in September, by the end of that month I "
    "couldn't put weight on it at all; now I can walk in the boot. It's swollen by evening. It aches at night.",
    "I quit running because of my foot. Could barely walk on it in September, boot for six weeks, better now.",
    "At first it was the back, then it started down the left leg. My wife says I limp.",
    "some pain in my left side but that could be from work i dont know. i smoke. urine test no infection.",
    "My rheumatologist says blood test was positive and the CRP was up. My side hurts, that's older, a year.",
    "38F, G2P2, pelvic pain w/ menses x 3 yrs, heavy bleeding. US: adenomyosis.",
    # Of effort, and of a time with a name.
    "About six weeks now when I go up the steps I get a pressure in the middle of my chest and I have to stop, "
    "then it goes off in a couple minutes. Some short of breath with it. No sweating no passing out. I did the "
    "treadmill test in October and that came back not normal.",
    "Been coughing since Easter. I get winded on the ladder now which I never did.",
    "She fell at Christmas and hit her head, CT was fine. Memory slower this past year. She is on Eliquis.",
    "was in ICU for covid 2021, could not breathe, on vent. since then cough and scarring, stable.",
    "My wrist was numb in the cast and my fingers were blue, they changed it, that was in July. Now it clicks.",
    "I've had migraines since I was 12. I get zigzags and half my face tingles for 20 minutes, always the same.",
    "I had cauda equina in 2015. I still self cath and my saddle area stayed numb.",
    # No injury, no balance trouble, a reflex that is missing.
    "Low back pain with sciatica. Onset was gradual; no injury. Straight leg raise remains positive on the right, "
    "and plantar flexion on that side is now weak.",
    "neck pain 8 weeks now and goes down my left arm, buttons are no problem, no balance trouble.",
    "Neurologist found her belly reflex missing on one side so asked for MRI spine.",
    "Twisted left knee on 9/26, felt a pop, could not walk on it that day.",
])  # fmt: skip
def test_what_is_no_news_raises_no_alarm(text: str) -> None:
    assert alarms(text) == set()


@pytest.mark.parametrize(("text", "flag"), [
    ("Short of breath for years with COPD. Today she is gasping and her lips are blue.", "RF21"),
    ("He has MS 20 years. Since last night he can't move his legs and can't pee.", "RF01"),
    ("They want a CT. Started an hour ago: chest pressure, sweating, left arm hurts.", "RF20"),
    ("Residual R foot weakness stable; new saddle numbness since this morning", "RF01"),
    ("Chronic LBP, unchanged for years; however presents today with acute urinary retention and saddle numbness.",
     "RF01"),
    ("Stable until today: now new R facial droop and word finding difficulty x 40 min.", "RF10"),
    ("My leg is weak. It's been like that since this morning.", "RF02"),
    ("I've had panic attacks for 20 years but this is different, I can't breathe right now and my chest is crushing",
     "RF20"),
    ("Migraine auras monthly since age 22. Unlike them, today half my face went numb and I can't talk", "RF10"),
    ("Passed out running yesterday, nothing since", "RF38"),
    ("Had the flu in January. My speech is slurred since breakfast", "RF10"),
    ("Had my gallbladder out monday. now yellow, fever 103, shaking", "RF25"),
    ("Seen in ED Monday, CT neg, d/c'd. Tonight again crushing pain in the chest down the left arm", "RF20"),
    ("My doctor told me to watch for leg weakness and now I have it, both legs, since this morning", "RF01"),
    ("He said if I lose control of my bladder to call. I lost control of my bladder this morning.", "RF01"),
    ("They asked if I had any red flags: yes, I can't feel my genitals since Monday", "RF01"),
    ("Dad's stable angina isn't stable, he's had pain at rest since supper and three nitros haven't touched it",
     "RF20"),
    ("My asthma is usually ok but right now I can't finish a sentence and the inhaler isn't doing anything", "RF21"),
    ("Known seizure disorder, typical seizures 1 min. Today's has been going 12 minutes", "RF17"),
    ("Bell's palsy in April but this is new, whole right side is numb since breakfast and I can't talk straight",
     "RF10"),
    ("High suspicion for septic arthritis, knee hot, fever 102, cannot bend it", "RF29"),
    ("The bottom part of me where I sit is all numb since the weekend and my back is out", "RF01"),
    ("My legs quit on me in the shower this morning, both of them", "RF01"),
    ("from Tuesday on my hands quit doing buttons", "RF02"),
    ("I fell off a ladder yesterday and my leg is limp", "RF02"),
    ("blood test was positive for pregnancy, 6 weeks, now I'm bleeding and one side hurts terribly", "RF27"),
    ("G3P2, 8 wks, RLQ pain and spotting since this morning", "RF27"),
    ("No chest pain until tonight, now pressure and sweating", "RF20"),
    ("no weakness till yesterday. now my left foot slaps when I walk", "RF02"),
    ("Had to stop and sit on the stairs, chest pressure, and it isn't going away this time, 40 minutes", "RF20"),
    ("I was about to ask about my appeal but there is an elephant sitting on my chest and my arm is heavy", "RF20"),
    ("he put his hands around my neck again last night because of the bills", "violence"),
    ("last night he choked me over the bill for my shoulder ct", "violence"),
    ("I've coughed blood, not much, since breakfast", "RF21"),
    ("no fever but she has double vision since this morning, 68, her scalp hurts and the headache is new", "RF14"),
    ("I can't keep her awake since supper", "RF18"),
    ("nine-month history of neck pain; since yesterday he cannot button his shirt", "RF03"),
    ("My son limps, eight weeks. Since this morning he can't lift his right foot", "RF02"),
    ("Her legs get weak when it's hot. Today both legs are weak and she can't stand", "RF01"),
])  # fmt: skip
def test_the_same_words_of_today_do(text: str, flag: str) -> None:
    assert flag in alarms(text)
