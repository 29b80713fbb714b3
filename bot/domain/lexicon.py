"""Words for matching, as data: those too common to count, and those that mean the same in public service.

None of it is shown to anybody. How a line is used, and when to add one: `docs/matching.md`.
"""

from __future__ import annotations

COMMON = """
a ability able about above achieve across actual actually advice advise after afternoon again against agencies
agency ago ahead aim all almost alone along already also always am among amount an and annual annually another
any anybody anyone anything anyway anywhere approach april are area aren around as ask at august autumn
available away back bad be became because become been before began behind being below best better between big
bit both bring brought build but by came can cannot case change clear close colleague colleagues come community
could couldn couple cover current currently cut daily day deal december decent department did didn differ
different do doe doesn doing don done down during each early easy either else end enough especially etc even
ever every everybody everyone everything example experience expert far february feel felt few find first five
fix follow for form fortnight fortnightly forward found four free friday from full further gave general get gets
getting give given go goes going gone good got great group grow guess had hadn half happen happy hard has hasn
have haven having he hear heard held help helped helpful her here hers hi high him himself his hope how however
huge i idea if important improve in include increase inside instead interest into is isn issue it its itself
january join july june just keen keep kept kind knew know known large last late later latest lead leader leaders
learn learned learnt least left less lesson let level like likely line link little ll local long look lot low
lower made main make makes making many march matter may maybe me mean meet member mend might mine minute monday
month monthly more morning most move much must my myself name near nearly need needed never new next nice no
nobody none nor not nothing notice november now number october of off often ok okay old on once one ones only
onto open or order organisation organisations other others our ours out outside over own part particular
particularly partner partners past people perhaps person piece place plan please plenty point possible problem
proper properly pull push put question quick quickly quite rather re real really reduce regular regularly right
round run running said same saturday saw say second sector see seem seen send sent september service services
set several shall share she should shouldn show side similar simple since small so solve some somebody someone
something sometimes somewhere soon sort spare speak spoke spring start started step still stop stuck stuff such
suggest summer sunday support sure take taken talk team teams tell than thank that the their them themselves
then there these they thing think third this those though thought three through thursday thus till time tip to
today together told tomorrow too took total toward towards tried trouble true try trying tuesday turn two under
understand until up upon us use used useful using usual usually various ve very via want wanted was wasn way we
wednesday week weekly well went were weren what whatever when where whether which while who whole whom whose why
will willing winter wish with within without won wonder work worked worker working world worth would wouldn yeah
year yes yesterday yet you your yours yourself
"""
"""Too common to count, with all their forms: they say how somebody writes, not what about."""

PARTICLES = "about away back by down in off on out over round through together under up"
"""What makes a word of its own after another one: a drop-in, call-outs, a handover."""

ALIKE = """
child | kid | children | young people | young person | youngster | youth | teenager | teen | adolescent |
    juvenile
baby | infant | toddler | newborn | under fives | early years | preschool | nursery
parent | mum | dad | mother | father | parental | parenting
family | families | household | relatives | whole family
older people | older person | old people | elderly | elder | pensioner | older adult | senior citizen | frail |
    frailty | later life
carer | caregiver | unpaid carer | caring role | caring responsibilities
disability | disabled | impairment | wheelchair | accessible | accessibility | access needs
special needs | sen | ehcp | learning difficulties | learning disability | additional needs
autism | autistic | neurodivergent | neurodiverse | neurodiversity | adhd
migrant | refugee | asylum | asylum seeker | newcomer | immigration | unaccompanied minor | resettlement
veteran | ex-service | armed forces | ex-forces | military
volunteer | volunteering | unpaid helper
neighbour | resident | neighbourhood | local people
homeless | homelessness | rough sleeper | rough sleeping | sleeping rough | no fixed abode | street sleeper |
    sofa surfing
victim | survivor
offender | reoffending | prison | prisoner | prison leaver | probation | custody | ex-offender | released from
    prison
isolated | isolation | lonely | loneliness | befriending | befriender | companionship

a&e | emergency department | accident and emergency | casualty | ed attendance | emergency room
hospital | ward | inpatient | acute trust | infirmary
gp | gps | doctor | surgery | primary care | general practice | family doctor | gp practice
nurse | nursing | matron | health visitor
mental health | wellbeing | well-being | anxiety | anxious | depression | depressed | camhs | psychological |
    counselling | counsellor | therapy | therapist
suicide | suicidal | self-harm | self harm | taking their own life
drugs | drug | substance misuse | substance use | addiction | addict | narcotic | opioid | heroin
alcohol | drink | drinker | drinking | drunk | sober | street drinking
fall | faller | falling | fallen | fell | trip hazard
dementia | alzheimer | alzheimers | memory loss | memory clinic | memory cafe
discharge | sent home | leaving hospital | hospital to home | step-down | home from hospital
ambulance | paramedic
medicine | medication | prescription | prescribe | prescribing | pharmacy | pharmacist | chemist | tablets
diet | obesity | overweight | weight management | healthy eating | nutrition
smoking | smoker | vape | vaping | tobacco | cigarette | quit smoking
vaccine | vaccination | jab | immunisation | flu jab
pregnant | pregnancy | maternity | midwife | midwives | antenatal | perinatal | postnatal | expectant
end of life | palliative | hospice | dying
bereavement | bereaved | grief | grieving | loss of a loved one
exercise | physical activity | fitness | gym | sport
sexual health | contraception | sti
trauma | trauma-informed | adverse childhood experiences | aces
infection | covid | pandemic | outbreak | norovirus

police | officer | pcso | constable | constabulary | policing | neighbourhood policing | bobby
crime | criminal | offence | lawbreaking
antisocial behaviour | anti-social behaviour | asb | nuisance | disorder | vandalism | rowdy
knife | knives | blade | stabbing | serious violence | knife crime | weapon
domestic abuse | domestic violence | dv | abusive partner | coercive control | abusive relationship | women's
    aid | refuge | violence at home
safeguarding | child protection | mash | safeguard | at risk of harm
fire | blaze | arson | fire-setting
fire brigade | fire service | fire crew | firefighter | fire fighter | fire and rescue | fire station
call-out | callout | call out | false alarm | unwanted alarm | needless call | turn-out | blue-light call
exploitation | exploited | county lines | grooming | trafficking | modern slavery | cuckooing
scam | fraud | fraudster | rogue trader | con artist | swindle
road safety | speeding | collision | crash | near miss | speed limit | traffic calming
missing people | missing person | missing child | missing children | runaway | gone missing | run away
flood | flooding | floodwater | flooded | sandbag
emergency planning | resilience | contingency | civil contingencies | major incident | business continuity
hate crime | racism | racist | homophobia | discrimination

housing | house | flat | accommodation | tenancy | dwelling | lodging
damp | mould | condensation | mouldy
eviction | evict | notice to quit | section 21 | losing their home
landlord | private renting | private rented | letting agent
tenant | renter | leaseholder
hoarding | hoarder | clutter | declutter | cluttered
temporary accommodation | b&b | bed and breakfast | hostel | night shelter | shelter
repairs | repair | maintenance | handyman | handyperson
empty homes | vacant property | void | derelict
adaptations | grab rail | stairlift | ramp | home adaptation

debt | arrears | owing | money worries | money advice | bailiff | behind with rent | behind with bills | owe
benefits | benefit | universal credit | welfare | pip | benefit claim | welfare rights | attendance allowance
fuel poverty | heating | energy bills | cold homes | keep warm | warm homes | boiler | energy costs | warm hub |
    warm space
poverty | hardship | cost of living | deprivation | low income | poor families | struggling for money
food bank | foodbank | food parcel | pantry | larder | food poverty | hunger | hungry | community fridge |
    surplus food | holiday hunger
grant | fund | funding | funder | bid | bidding | fundraising | fundraise | lottery | money
budget | spending | savings | finance | financial | overspend
social value | procurement | procure | tender | tendering | commissioning | commission | commissioner | contract
    | purchasing

job | employment | employer | unemployed | unemployment | jobseeker | jobless | back to work | into work | out
    of work | worklessness
apprentice | apprenticeship | trainee | placement | intern | internship | work experience | shadowing
training | train | trainer | course | workshop | cpd | e-learning | upskill
qualification | gcse | diploma | certificate
school | pupil | classroom | headteacher | head teacher | teacher | academy | primary school | secondary school
    | sixth form
college | university | student | further education | campus
truancy | truant | school attendance | persistent absence | school avoidance | school refusal | missing school |
    out of school | not in school | bunking off
excluded from school | school exclusion | suspended from school | pupil referral unit | alternative provision
reading | literacy | illiterate
english classes | esol | english lessons | learning english | english as a second language
interpreter | interpreting | translation | translator | translate | language | multilingual | bilingual | other
    languages
numeracy | maths
careers | career | careers advice

room | venue | hall | meeting space | premises | meeting room | community centre | village hall
vehicle | van | minibus | lorry | pool car
transport | bus | lift | lifts | travel | taxi | bus route | community transport | train fare | getting around
bicycle | bike | cycle | cycling | cyclist
car park | car parking | park and ride
garden | gardening | allotment | green space | horticulture | growing food
park | playground | play area | open space | recreation ground
laptop | tablet computer | device | computer | chromebook
digital | online | internet | broadband | wifi | website | web | it skills | digital exclusion | getting online
software | app | system | database | it system | platform
kitchen | cooking | cook | cookery | meal | lunch
library | libraries | librarian
printing | printer | print | photocopier
camera | photograph | photographer | film | video | filming
art | arts | craft | music | theatre | drama | creative | choir
faith | church | mosque | temple | chaplain | religious | synagogue

data | statistics | figures | dashboard | analyst | analysis | analyse | analytics | spreadsheet | number
    crunching
information sharing | data sharing | sharing data | sharing information | sharing agreement | information
    governance | gdpr | data protection | isa | confidentiality | share records | shared record
evaluation | evaluate | measure | measuring | impact | outcome | evidence | what works | indicator
map | mapping | gis
survey | questionnaire | feedback | poll
consultation | consult | engagement | engaging | co-production | coproduce | co-design | lived experience |
    citizens' panel | listening exercise | focus group | involvement
referral | refer | referred | referring | signpost | signposting | pathway | single point of access | front door
handover | hand over | handing over | transition | moving on from
case worker | caseworker | key worker | keyworker | support worker | link worker | navigator | caseload | case
    management | social prescriber | social prescribing
social worker | social care | social services | social work | adult care
care home | nursing home | residential home | residential care | care homes
home care | domiciliary | homecare | home carer | care at home
foster | fostering | foster carer | adoption | looked after children | looked-after | children in care | care
    leaver | leaving care
recruit | recruitment | recruiting | hire | hiring | vacancy | vacancies | staffing | unfilled post | job advert
retention | turnover | leavers | staff leaving | keep staff | keeping staff
staff | workforce | employee | personnel
rota | shift | roster | shift pattern | duty rota
burnout | burn out | stress | sickness absence | staff sickness | exhausted | worn out | stressed | vicarious
    trauma | staff wellbeing
supervision | reflective practice | debrief | debriefing
mentor | mentoring | coach | coaching | buddy | role model
leaflet | flyer | poster | brochure | handout
communications | comms | newsletter | social media | facebook | campaign | publicity | press office | marketing
    | press release
policy | policies | procedure | guideline | guidance | protocol | memorandum
governance | board | trustee | terms of reference | committee
risk assessment | risk | risk assess | hazard
lone working | lone worker | staff safety | personal safety
out of hours | night | weekend | evening | overnight | late at night | nights
triage | prioritise | prioritising | screening
waiting list | waiting times | backlog | queue | long wait | wait | delay | waiting
appointment | no-show | did not attend | dna | missed appointment | booking | missed appointments
repeat | frequent | repeated | high intensity | regular caller | repeat caller | again and again | frequent
    attender | frequent flyer | revolving door
outreach | street outreach | door knocking | doorstep | hard to reach | home visit | door to door | knocking on
    doors
pilot | prototype | test and learn | trial
co-location | co-locate | hub | one-stop shop | shared office | under one roof | multi-agency hub | sharing an
    office
drop-in | walk-in | open session
helpline | phone line | hotline | call centre | advice line | contact centre | switchboard | phones
legal | lawyer | solicitor | law centre | court | tribunal | barrister
crisis | urgent | emergencies | crisis care
prevention | prevent | preventative | preventive | early intervention | early help | upstream
joint response | joint visit | joint patrol | co-response
consent | permission | authorisation
cultural | culture | ethnic minority | bame | ethnicity | minority | diverse communities | diversity | inclusion
    | equality

recycling | recycle | waste | rubbish | litter | bin | bins | fly-tipping | fly tip | refuse collection
climate | carbon | net zero | emission | decarbonise | environment | sustainability | greener
insulation | retrofit | insulate | heat pump | draught-proofing
air quality | pollution | clean air | fumes
tree | woodland | planting
pet | dog | animal | cat
equipment | kit | gear | tools
furniture | white goods | sofa | beds and sofas | starter pack | fridge
clothing | clothes | school uniform | uniform | coats
"""
"""A line a meaning: words and phrases that people of different services use for the same, whatever their forms.
A line that begins with spaces goes on with the one before."""
