"""Words that mean the same in public service, as data for matching. None of it is shown to anybody.

How a line is used, and when to add one: `docs/matching.md`.
"""

from __future__ import annotations

ALIKE = """
child | kid | children | young people | young person | youngster | youth | teenager | teen | adolescent |
    juvenile | schoolchild | schoolchildren | under eighteens | girls | boys | lad
baby | infant | toddler | newborn | under fives | early years | preschool | nursery | little ones | tots | small
    children
parent | mum | dad | mother | father | mam | mummy | single parent | lone parent | new mums
family | household | relatives | whole family | kin | kinship | siblings | brothers and sisters | brother |
    sister | grandparent | grandmother | grandfather | nan
older people | older person | old people | elderly | pensioner | older adult | senior citizen | frail | frailty
    | geriatric | geriatrician | later life | older residents | old folk | over sixties | over seventies |
    retired | ageing
carer | caregiver | unpaid carer | caring role | caring responsibilities | care for a relative | looking after
    mum | looking after dad | looks after a parent
disability | impairment | wheelchair | accessible | access needs | disabled people | blind | deaf | sight loss |
    hearing loss | sign language | bsl | mobility
special needs | sen | ehcp | learning difficulties | learning disability | additional needs | sendco | senco
autism | autistic | neurodivergent | neurodiverse | adhd
migrant | refugee | asylum | asylum seeker | newcomer | immigration | unaccompanied minor | resettlement |
    arrivals | new arrivals | asylum hotel | sanctuary | displaced | abroad | overseas | foreign
veteran | ex-service | armed forces | ex-forces | military | soldier | ex-serviceman | regiment
volunteer | unpaid helper | helpers | goodwill | time-banking
neighbour | resident | neighbourhood | local people | street | next door | village | parish council | estate |
    tower block
homeless | rough sleeper | rough sleeping | sleeping rough | no fixed abode | street sleeper | sofa surfing | on
    the streets | living on the street | street homelessness | tents | doorway | squat
victim | survivor
offender | reoffending | prison | prison leaver | probation | custody | ex-offender | released from prison |
    inmate | behind bars | out of jail | jail | youth justice | youth offending | youth offending team |
    conviction | convicted | criminal record | sentenced
isolated | lonely | loneliness | befriending | companionship | alone all day | nobody to talk to | no one to
    talk to | company | companion | cut off | sees nobody | friendship

a&e | emergency department | accident and emergency | casualty | ed attendance | emergency room
hospital | ward | inpatient | acute trust | infirmary | clinic | ward sister | consultant | nhs trust
gp | gps | doctor | surgery | primary care | general practice | family doctor | gp practice | health centre |
    medical centre
nurse | matron | health visitor
mental health | wellbeing | well-being | anxiety | anxious | depression | camhs | psychological | counselling |
    counsellor | therapy | therapist | panic attack | low mood | psychiatry | psychiatrist | crisis team |
    emotional | distress
suicide | self-harm | taking their own life | overdose attempt | ligature
drugs | substance misuse | substance use | addiction | narcotic | opioid | heroin | overdose | naloxone | needle
    | needle exchange | dealer | drug dealer | cannabis | spice | using drugs | rehab | detox | recovery
alcohol | drink | drinker | drunk | sober | street drinking | pub | licensing | off-licence | boozing
fall | faller | fallen | fell | trip hazard | tripped | slips and trips | slip | stumble
dementia | alzheimer | memory loss | memory clinic | memory cafe | confused | forgetful | memory
discharge | sent home | leaving hospital | hospital to home | step-down | home from hospital | going home from
    hospital | out of hospital | bed blocking | bed-blocker | delayed discharge | medically fit | convalescence
    | reablement | rehabilitation
ambulance | paramedic | first responder | community first responder | responder
medicine | medication | prescription | prescribe | pharmacy | pharmacist | chemist | tablets | pills | dosette
diet | obesity | overweight | weight management | healthy eating | nutrition | fruit and vegetables | eat well |
    healthy food
smoking | smoker | vape | tobacco | cigarette | quit smoking
vaccine | jab | immunisation | flu jab
pregnant | pregnancy | maternity | midwife | midwives | antenatal | perinatal | postnatal | expectant | birth |
    breastfeeding
end of life | palliative | hospice | dying | terminal | last days | funeral
bereavement | grief | grieving | loss of a loved one
exercise | physical activity | fitness | gym | sport | walking group | swimming | football | boxing | leisure
    centre | leisure | running club | walks
sexual health | contraception | sti
trauma | trauma-informed | adverse childhood experiences | aces | traumatic | aftermath
infection | covid | pandemic | outbreak | norovirus

police | officer | pcso | constable | constabulary | neighbourhood policing | bobby | response officers | beat |
    inspector | sergeant | custody sergeant
crime | criminal | offence | lawbreaking | burglary | theft | thief | stealing | shoplifting |
    shoplifter | robbery | mugging | stolen
antisocial behaviour | anti-social behaviour | asb | nuisance | disorder | vandalism | rowdy | yobs | hanging
    around | loitering | noise | noisy | graffiti | intimidation
knife | knives | blade | stabbing | serious violence | knife crime | weapon | violence | violent | fighting |
    gang | carrying a blade | attack | assault | stab
domestic abuse | domestic violence | dv | abusive partner | coercive control | abusive relationship | women's
    aid | refuge | violence at home | violent partner | abuser | perpetrator | independent domestic violence
    adviser | idva | marac | fleeing
safeguarding | child protection | mash | at risk of harm | neglect | at risk | vulnerable | welfare concern |
    protect
fire | blaze | arson | fire-setting | burn | smoke alarm | smoke detector | flame
fire brigade | fire service | fire crew | firefighter | fire fighter | fire and rescue | fire station
call-out | callout | 999 | false alarm | unwanted alarm | needless call | turn-out | blue-light call
exploitation | county lines | grooming | trafficking | modern slavery | cuckooing | used by dealers | running
    drugs | criminal exploitation | drug running
scam | fraud | fraudster | rogue trader | con artist | swindle | cold caller | doorstep crime | conned
road safety | speeding | collision | crash | near miss | speed limit | traffic calming | dangerous driving |
    drivers | pedestrian | crossing | zebra crossing | school street | car crash
missing people | missing person | missing child | missing children | runaway | gone missing | run away |
    disappear | vanished
flood | floodwater | sandbag | river | drainage | drain | surface water
emergency planning | resilience | contingency | civil contingencies | major incident | business continuity |
    power cut | evacuation | rest centre
hate crime | racism | racist | homophobia | discrimination | abuse in the street | islamophobia | prejudice

housing | flat | accommodation | tenancy | dwelling | lodging | social housing | housing association | council
    house | somewhere to live | place to live | roof over | bedsit | rehouse
damp | mould | condensation | mouldy
eviction | notice to quit | section 21 | losing their home | thrown out | kicked out | possession order
landlord | private renting | letting agent
tenant | renter | leaseholder
hoarding | hoarder | clutter | declutter | piled up | full of stuff | filled with rubbish
temporary accommodation | b&b | bed and breakfast | hostel | night shelter | shelter | emergency accommodation |
    emergency bed
repairs | maintenance | handyman | handyperson | leak | plumber | plumbing | broken boiler | electrician
empty homes | vacant property | void | derelict
adaptations | grab rail | stairlift | ramp | home adaptation | occupational therapist | occupational therapy |
    hoist | handrail | telecare | pendant alarm
criminal record check | dbs | dbs check | police check

debt | arrears | owing | money worries | money advice | bailiff | behind with rent | behind with bills | in the
    red | loan | loan shark | credit union | payday loan | repayments
benefits | universal credit | welfare | pip | benefit claim | welfare rights | attendance allowance |
    entitlement | dwp | jobcentre | job centre | claim | claimant | pension credit | sanction
fuel poverty | heating | energy bills | cold homes | keep warm | warm homes | boiler | energy costs | warm hub |
    warm space | electricity | gas bill | prepayment meter | meter | warmth | electricity bill | heating bill
poverty | hardship | cost of living | deprivation | low income | poor families | struggling for money | poor |
    breadline | skint | destitute | can't afford | cannot afford
food bank | foodbank | food parcel | pantry | larder | food poverty | hunger | hungry | community fridge |
    surplus food | holiday hunger | going hungry | food voucher | breakfast club | free school meals | meals for
grant | fund | funder | bid | fundraising | lottery | money | sponsor | sponsorship | donation | donor |
    philanthropy | cash | pot of money | application
budget | spending | savings | finance | financial | overspend | accountant | treasurer | bookkeeping | audit
social value | procurement | tender | commissioning | commissioner | contract | purchasing

job | employment | unemployed | jobseeker | jobless | back to work | into work | out of work | worklessness |
    jobs fair | careers fair | interview | cv | paid work | find work
apprentice | apprenticeship | trainee | placement | intern | internship | work experience | shadowing
training | trainer | course | workshop | cpd | e-learning | upskill | teach | taught | lesson plan | module |
    curriculum | masterclass | instructor | toolbox talk | briefing session | first aid
qualification | gcse | diploma | certificate
school | pupil | classroom | headteacher | head teacher | teacher | academy | primary school | secondary school
    | sixth form | classes | assembly | year sevens | key stage | governors | teaching assistant | tutor | form
    tutor
college | university | student | further education | campus | undergraduate | lecturer | researcher | academic |
    professor
truancy | truant | school attendance | persistent absence | school avoidance | school refusal | missing school |
    out of school | not in school | bunking off | attendance | absent | absence | absentee | unauthorised
    absence | attendance officer
excluded from school | school exclusion | suspended from school | pupil referral unit | alternative provision |
    permanent exclusion | exclusions | excluded pupils | excluding pupils | expelled | suspension | suspended
reading | literacy | illiterate | phonics | storytime | bookshop
english classes | esol | english lessons | learning english | english as a second language
interpreter | translation | language | multilingual | bilingual | other languages | speak arabic | arabic |
    polish | urdu | punjabi | romanian | ukrainian
numeracy | maths
careers | careers advice

room | venue | hall | place to meet | somewhere to meet | meeting space | premises | meeting room | community
    centre | village hall | office space | hot desk | desk | upstairs room | space | church hall
transport | vehicle | van | minibus | lorry | pool car | car | trailer | bus | lift | travel | taxi | bus route
    | community transport | train fare | getting around | rail | station | bus pass | get there | journey
bicycle | bike | cycle | cyclist
car park | park and ride
garden | allotment | green space | horticulture | growing food | orchard | vegetable plot
park | playground | play area | open space | recreation ground | outdoors | outdoor | plot of land | acre
laptop | tablet computer | device | computer | chromebook | smartphone | mobile phone | handset | tech |
    technology
digital | online | internet | broadband | wifi | website | web | it skills | digital exclusion | getting online
    | email | log in | online form
software | app | system | database | it system | platform | developer | spreadsheet template | tool
kitchen | cooking | cookery | meal | lunch | chef | catering | cafe | tea and cake | soup | hot food | hot meal
library | librarian
printing | printer | photocopier
camera | photograph | film | video | documentary | videographer
event | festival | concert
art | craft | music | theatre | drama | creative | choir | singing | painting | dance | museum | gallery | band
faith | church | mosque | temple | chaplain | religious | synagogue | vicar | imam | parish | gurdwara | prayer

data | statistics | figures | dashboard | analyst | analysis | analyse | analytics | spreadsheet | number
    crunching | data science | data scientist | trend | dataset | baseline | data analyst | counting
information sharing | data sharing | sharing data | sharing information | sharing agreement | information
    governance | gdpr | data protection | isa | confidentiality | share records | share names | tell each other
    | data protection officer
evaluation | measure | impact | outcome | evidence | what works | indicator | proof | prove | proven | monitor
map | gis
survey | questionnaire | feedback | poll | asked residents | opinions | views of
engagement | co-production | coproduce | co-design | lived experience | citizens' panel | listening exercise |
    focus group | involvement | hear from | residents' panel | ask people | youth panel | youth council | forum
referral | refer | signpost | pathway | single point of access | front door | refer on | send people on | passed
    from | passed around | pass on | bounced
handover | hand over | transition | moving on from | hand on
case worker | caseworker | key worker | keyworker | support worker | link worker | navigator | caseload | case
    management | social prescriber | advocate | advocacy
social worker | social care | social services | social work | adult care
care home | nursing home | residential home | residential care | residents of care homes
home care | domiciliary | homecare | home carer | care at home
foster | foster carer | adoption | looked after children | looked-after | children in care | care leaver |
    leaving care | in care | kinship carer
recruit | hire | vacancy | staffing | unfilled post | job advert | new starter | job vacancy | job description
retention | turnover | leavers | staff leaving | keep staff | resign | leaving the job | stay in post
staff | workforce | employee | personnel | frontline | front-line | practitioner | crew
rota | shift | roster | shift pattern | duty rota | timetable | schedule
burnout | burn out | stress | sickness absence | staff sickness | exhausted | worn out | vicarious trauma |
    staff wellbeing | tired | fatigue | overwhelmed | knackered | time off sick | absence rate | worn down
supervision | reflective practice | debrief | talk it through | talking it through
mentor | coach | buddy | role model | peer support | big brother | mentee
leaflet | flyer | poster | brochure | handout | booklet | designer | graphic design
communications | comms | newsletter | social media | facebook | campaign | publicity | press office | marketing
    | press release | press | journalist | newspaper | local radio | radio | podcast | storytelling
policy | procedure | guideline | guidance | protocol | memorandum | template | strategy | checklist | rulebook
governance | board | trustee | terms of reference | committee | chairing | steering group | constitution
risk assessment | risk | hazard | insurance | liability | health and safety
lone working | lone worker | staff safety | personal safety | panic button | body camera
out of hours | night | weekend | evening | overnight | late at night | after dark | small hours | after hours
triage | prioritise | screening | sorting calls | assess first
waiting list | waiting times | backlog | queue | long wait | wait | delay | waits months | held up
appointment | no-show | did not attend | dna | missed appointment | booking | not turning up | fail to turn up |
    reminder | book in | slot
repeat | frequent | high intensity | regular caller | repeat caller | again and again | frequent attender |
    frequent flyer | revolving door | same people | same caller | same addresses | same faces | over and over |
    keeps coming back
outreach | street outreach | door knocking | doorstep | hard to reach | home visit | door to door | knocking on
    doors | detached | detached youth work | street team | visiting at home | welfare check
pilot | prototype | test and learn | trial | tried out | trialling
co-location | hub | one-stop shop | shared office | under one roof | multi-agency hub | sharing an office | one
    roof | same building | joint base
drop-in | walk-in | open session | coffee morning | surgery hours | open door | lunch club | social club | club
helpline | phone line | hotline | call centre | advice line | contact centre | switchboard | phones | call
    handler | call handling | dispatcher | control room | phone calls | 111 | 101
legal | lawyer | solicitor | law centre | court | tribunal | barrister | law | magistrate | judge | injunction |
    paralegal
crisis | urgent | emergencies | crisis care | breakdown | breaking point | at breaking point
prevention | early intervention | early help | upstream | head off | before it starts
joint response | joint visit | joint patrol | co-response
consent | permission | authorisation
cultural | ethnic minority | bame | ethnicity | minority | diverse communities | diversity | inclusion |
    equality | roma | gypsy | faith communities | somali | bangladeshi

recycling | waste | rubbish | litter | bin | fly-tipping | refuse collection | skip | dumping | rubbish
    collection | reuse
climate | carbon | net zero | emission | decarbonise | environment | sustainability | greener | heatwave |
    biodiversity | nature | green
insulation | retrofit | heat pump | draught-proofing
air quality | pollution | clean air | fumes
tree | woodland | planting
pet | dog | animal | cat | vet | rspca | kennel
equipment | kit | gear | loan equipment
furniture | white goods | sofa | beds and sofas | starter pack | fridge | bed frame | mattress | washing machine
    | cooker | carpet | bedding
clothing | school uniform | uniform | coats | shoes | boots | blankets | sleeping bag | winter coats

farm | farmer | agricultural | rural | countryside
shop | shopkeeper | retail | high street | town centre | business | trader | market stall
stigma | shame | ashamed | embarrassed | taboo
mistrust | distrust | trusted
identity documents | passport | birth certificate | proof of identity | id documents
bank account | bank | cashpoint | post office
hygiene | toilet | washing | shower | laundry | launderette | period products
dentist | dental | teeth | tooth | oral health
gambling | betting | bookmaker | slot machine
sleep | insomnia | bedtime
screen time | gaming | games console | online safety | cyberbullying
bullying
self-neglect | refusing help | won't engage | non-engagement | disengaged
capacity | mental capacity | capacity act | best interests | deprivation of liberty
learning from deaths | serious case review | safeguarding review | drug deaths | death
street lighting | lighting | lamp post | cctv
dispersal order | public space protection order | enforcement | prosecution
restorative | restorative justice | mediation | conflict resolution | repair the harm | reconcile | make peace
men's health | men | male | fathers' group | shed
women | woman | female
lgbt | gay | lesbian | transgender | trans | lgbtq
holiday activities | half-term | school holidays | holiday club | haf | summer holidays | play scheme | youth
    club | youth work | youth worker | scouts | guides
electric vehicle | charging point | ev
water safety | drowning | lifeguard | open water
blood pressure | diabetes | stroke | heart attack | cardiac | defibrillator | cpr | long-term condition
cancer | cancer screening | chemotherapy | smear
asthma | copd | breathing | respiratory | inhaler
childcare | childminder | creche | after-school club | wraparound
speech | speech and language | communication needs | talking late
ministers | councillor | mp | politician | elected member | mayor | cabinet member
inspection | ofsted | cqc | inspector visit | regulator
"""
"""A line a meaning: words and phrases that people of different services use for the same, whatever their forms.
A line that begins with spaces goes on with the one before."""
