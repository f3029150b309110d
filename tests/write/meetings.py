"""Four meetings with different factuality, of which only one took place: every format must distinguish
them."""

from dataclasses import replace

from kg.model import Doubt, Factuality, Knowledge, Statement, Text
from tests.sample import knowledge

FACT = ("Ana_Ruiz", "Tom_Reed")  # they met
WAYS = {
    "Peru": Factuality.NEGATED,
    "Lima": Factuality.PLANNED,
    "Alpine_Rail_Co": Factuality.REPORTED,
    "treaty-0a1b2c3d": Factuality.POSSIBLE,
}
"""The people whom Ana Ruiz did not meet, will meet ...: ids of the sample."""


def meetings() -> Knowledge:
    """Ana Ruiz met Tom Reed; she did not meet, will meet, is said to have met and may have met others;
    another meeting is unsure; a statement about the weather has a text object."""
    known = knowledge()
    met = next(each for each in known.statements if each.predicate == "met")
    event = next(each for each in known.events if each.id == met.event)
    statements, events = [met], [event]
    for number, (other, way) in enumerate(WAYS.items(), 1):
        label = known.nodes()[other].label
        happening = replace(
            event,
            id=f"event-{number}",
            label=f"Ana Ruiz met {label}",
            participants=tuple(
                (role, "Ana_Ruiz" if id_ == "Ana_Ruiz" else other) for role, id_ in event.participants
            ),
            factuality=way,
        )
        told = replace(
            met,
            id=f"st-1{number}",
            object=other,
            factuality=way,
            doubts=(Doubt.NOT_ASSERTED,),
            speaker="Tom_Reed" if way is Factuality.REPORTED else "",
            event=happening.id,
        )
        statements.append(told)
        events.append(happening)
    unsure = replace(met, id="st-20", subject="Tom_Reed", object="Peru", doubts=(Doubt.UNSURE,), event="")
    denied: Statement = replace(
        met,
        id="st-21",
        predicate="said",
        label="said",
        object=Text("It rains."),
        factuality=Factuality.NEGATED,
        doubts=(Doubt.NOT_ASSERTED,),
        event="",
    )
    words = replace(
        denied, id="st-22", object=Text("It is “dry”; it's\nhot."), factuality=Factuality.ASSERTED, doubts=()
    )
    return replace(known, statements=(*statements, unsure, denied, words), events=tuple(events))
