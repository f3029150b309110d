"""Twenty-five short articles in our own words, about invented people and places: five of one story, two of
another, and eighteen single ones. Each begins with its publisher, its date and its title.
"""

ARTICLES = (
    (
        "Lowick Gazette|2026-01-14|A summit by the river",
        "Prime Minister Edda Brandt of Borland hosted President Tom Okoro of Estmark in Port Amber on "
        "13 January 2026. The two leaders signed a ferry agreement. Okoro visited the Amber Museum.",
    ),
    (
        "Port Amber Courier|2026-01-14|Brandt and Okoro sign the ferry agreement",
        "Edda Brandt, the prime minister of Borland, met Tom Okoro in Port Amber on 13 January 2026. "
        "Okoro said the ferry would return in spring. Brandt praised Okoro.",
    ),
    (
        "Daily Ferry|2026-01-15|A drum for the president",
        "Tom Okoro, the president of Estmark, received a drum from Edda Brandt in Port Amber on "
        "Tuesday. Okoro met Ines Tamm in November 2025.",
    ),
    (
        "Estmark Herald|2026-01-15|Okoro returns from Borland",
        "President Tom Okoro of Estmark met Prime Minister Edda Brandt of Borland on 13 January 2026. "
        "Brandt will visit Estmark in May.",
    ),
    (
        "The Harbour Ledger|2026-01-16|What the summit leaves open",
        "Edda Brandt hosted Tom Okoro in Port Amber on 12 January 2026. Ines Tamm, the president of "
        "Verdania, criticised the ferry agreement.",
    ),
    (
        "Lowick Gazette|2026-02-03|Museum director arrested",
        "Police arrested Paul Varga, the former director of the Kelmouth Museum, on 2 February 2026. "
        "Prosecutors charged Varga with theft.",
    ),
    (
        "Daily Ferry|2026-02-04|Four paintings are missing",
        "Police arrested Paul Varga in Kelmouth on 2 February 2026. Mira Sole, a lawyer, represents Varga.",
    ),
    (
        "Lowick Gazette|2026-02-09|Alpine Rail buys Weld Steel",
        "Alpine Rail bought Weld Steel for 40 million dollars on 6 February 2026. Nora Falk founded "
        "Weld Steel in 2011.",
    ),
    (
        "Daily Ferry|2026-02-11|A wedding in Ostbury",
        "The novelist Rosa Hale married the actor Luca Moss in Ostbury on 7 February 2026. Hale won the "
        "Golden Quill Award in 2024.",
    ),
    (
        "Port Amber Courier|2026-02-12|Lowick Rovers win the cup",
        "Lowick Rovers defeated Ostbury United in Fairmont on 10 February 2026. Oscar Lind coaches "
        "Lowick Rovers.",
    ),
    (
        "Lowick Gazette|2026-02-13|Winter elected mayor",
        "Vera Winter was elected mayor of Ostbury on 8 February 2026. Winter defeated Hugo Bauer.",
    ),
    (
        "Estmark Herald|2026-02-16|A trial ends",
        "A court in Fairmont sentenced Simon Dorn to four years in prison on 12 February 2026. Dorn "
        "killed Felix Lang in 2023.",
    ),
    (
        "The Harbour Ledger|2026-02-17|The poet Ida Marsh is dead",
        "The poet Ida Marsh died in Silverton on 15 February 2026. Marsh was born in Kelmouth.",
    ),
    (
        "Daily Ferry|2026-02-18|Corvin Energy has a new head",
        "Corvin Energy appointed Clara Weld as chief executive on 16 February 2026. Weld succeeded "
        "Anton Greene.",
    ),
    (
        "Lowick Gazette|2026-02-19|A bridge for Rivendale",
        "Mayor Ana Petrov of Rivendale opened the Northern Bridge on 17 February 2026.",
    ),
    (
        "Port Amber Courier|2026-02-20|A storm over Grand Mere",
        "A storm killed three people in Grand Mere on 18 February 2026. Governor Jonas Silva visited "
        "Grand Mere.",
    ),
    (
        "Estmark Herald|2026-02-23|Kovac wins the Amber Prize",
        "Mira Kovac won the Amber Prize in Nordhaven on 20 February 2026. Kovac teaches at the "
        "University of Nordhaven.",
    ),
    (
        "Daily Ferry|2026-02-24|Strike at Amber Shipping",
        "Workers of Amber Shipping went on strike on 23 February 2026. Lucas Holt leads Amber Shipping.",
    ),
    (
        "The Harbour Ledger|2026-02-25|Reed leaves the ministry",
        "Minister Jonas Reed resigned on 24 February 2026. Reed led the Ministry of Ferries since 2022.",
    ),
    (
        "Lowick Gazette|2026-02-26|Berg said to sell",
        "Nordic Motors plans to buy Sable Motors. Paul Berg owns Sable Motors.",
    ),
    (
        "Port Amber Courier|2026-02-27|A school for Eastmark",
        "Princess Edda of Verdania opened the Harbour School in Eastmark on 25 February 2026.",
    ),
    (
        "Estmark Herald|2026-03-02|Salazar joins Castelmar FC",
        "Anton Salazar joined Castelmar FC on 1 March 2026. Salazar played for Silverton United.",
    ),
    (
        "Daily Ferry|2026-03-03|An exhibition in Brightwater",
        "The painter Nora Quinn opened an exhibition in Brightwater on 2 March 2026.",
    ),
    (
        "The Harbour Ledger|2026-03-04|A rescue at sea",
        "Captain Oscar Mendes rescued Ines Blake near San Telo on 3 March 2026.",
    ),
    (
        "Lowick Gazette|2026-03-05|Adler at the top of the observatory",
        "The astronomer Felix Adler founded the Westerlund Observatory in 2019. Adler met Ida Novak in "
        "Westerlund on 4 March 2026.",
    ),
)


def rows() -> list[dict[str, str]]:
    """The articles as rows of JSON Lines, which `kg build` reads."""
    made = []
    for number, (head, text) in enumerate(ARTICLES):
        publisher, day, title = head.split("|")
        made.append(
            {"id": f"{number:02}.txt", "publisher": publisher, "date": day, "title": title, "text": text}
        )
    return made
