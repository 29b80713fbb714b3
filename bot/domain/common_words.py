"""Words for matching that count for nothing by themselves, as data. None of it is shown to anybody."""

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
