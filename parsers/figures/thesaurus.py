"""Words of councils, the police, fire services and the NHS that name one thing: a title's, and the officer's for it."""

_ONE_THING = """
admission admissions admitted admits admit
alcohol drink drinking drinkers
answer answers answered answering
appraisal appraisals appraised pdr pdrs appraise
arson arsons deliberate
autistic autism
bicycle bicycles bike bikes cycle cycles
birth births born babies baby
bladed blade blades knife knives
burglary burglaries burgled break-in break-ins
carbon co2 co2e
carriageway carriageways road roads highway highways
caution cautions cautioned
centile percentile centiles percentiles
compliant compliance comply complied complies
computer computers pc pcs
conception conceptions conceived conceive pregnancy pregnancies
convey conveyed conveyance conveyances
cost costs spend spending spent expenditure
custody custodial
damage damaged vandalism vandalised
death deaths died fatality fatalities fatal mortality
debtor debtors debt debts
decision decisions decided decide determine determined determination determinations
detection detections detected solved
digital online web
discharge discharges discharged
drug drugs substance substances
dwelling dwellings house houses
detain detained detains detention detentions
election electoral electors
eligible eligibility
employ employed employment jobs
employee employees workforce staff
engagement engaging engaged engage
enquiry enquiries inquiry inquiries query queries
enterprise enterprises business businesses firms company companies
enrol enrols enrolled enrolment enrolments
evict evicts eviction evictions evicted
exclusion exclusions excluded exclude
fall falls faller fallers
fault faults defect defects
fire fires blaze blazes
firearm firearms gun guns shooting shootings
fly-tip fly-tips fly-tipping flytipping fly-tipped flytip flytips flytipped
footpath footpaths footway footways pavement pavements
gym gyms leisure
hoax malicious
homeless homelessness
hospital hospitals
hostel hostels supported
household households
housebound home-bound
immunisation immunisations immunised vaccination vaccinations vaccinated vaccine vaccines jab jabs
injury injuries injured injure
invoice invoices invoiced bill bills billed
leaver leavers leaving left
licence licences licensed licensing license
lose loses lost losing loss losses
medicine medicines medication medications
occupied occupancy occupants
operation operations surgery surgeries
overspend overspent overspending
pay pays paid paying payment payments
pothole potholes
premature pre-term preterm
prison prisons prisoner prisoners
pupil pupils student students
rat rats rodent rodents
readmission readmissions readmitted re-admission re-admissions
rubbish refuse waste
repair repairs repaired
reply replies replied respond responded responds response responses
resolve resolved resolves resolution resolutions
robbery robberies robbed
sale sales sold
satisfied satisfaction satisfactory
sepsis septic
sickness absence absences sick
stay stays stayed
submit submitted submits submission submissions
suspension suspensions suspended
telephone telephones phone phones phoned
theft thefts stolen steal
thrombosis vte
underspend underspent
vacancy vacancies vacant empty void voids
visit visits visitor visitors footfall
youth youths juvenile juveniles
"""
_AT = {word: at for at, line in enumerate(_ONE_THING.strip().splitlines()) for word in line.split()}


def name_one_thing(said: str, word: str) -> bool:
    """Whether two words, in small letters, name one thing of the field: "void" and "empty"."""
    return said in _AT and _AT[said] == _AT.get(word)


def is_named_otherwise(word: str, known: frozenset[str]) -> bool:
    """Whether some other word names what one of the known ones does."""
    return word in _AT and any(_AT.get(other) == _AT[word] for other in known)
