//! Sentences in other languages with accents, which nothing must touch.

pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    (
        "French",
        "L'été dernier, le préfet a été reçu à l'hôtel de ville où il a évoqué la sécurité \
        des élèves. Né à Orléans, il a passé là-bas toute sa scolarité. Déjà, à côté, la forêt brûlait. \
        « Ça ne se fait pas », a-t-il lâché, très énervé. Où était-il né ? Là. Il a été là, il a dû \
        être là, et il a su où sa mère était née. Le maître d'hôtel a goûté les pâtes et le pâté.",
    ),
    (
        "German",
        "Die Bürger der Stadt Köln möchten für das nächste Jahr größere Grünflächen. Über die \
        Höhe der Gebühren müssen die Räte später entscheiden. Schöne Grüße aus Österreich! Früh übt \
        sich, wer später ein Könner wäre. Das Mädchen hört täglich Märchen; die Äpfel sind süß.",
    ),
    (
        "Portuguese",
        "A população de São Paulo não está à espera de soluções fáceis. É só pó, né? Dói o pé, \
        vê? O avô já não lê, e a avó só vê televisão. As eleições são amanhã e os cidadãos têm de \
        votar até às cinco. Nós só temos três irmãs e dois irmãos; você também. Lá há pão, já cá não há.",
    ),
    (
        "Spanish",
        "El año pasado la nación celebró el día del niño en toda la región. ¿Dónde está el señor \
        Núñez? Él no sabía qué pasó; sí, quizás más tarde lo dirá. El camión llegó aquí después. ¡Qué \
        rápido corrió! Tú y yo sólo tomábamos té. La opinión pública pidió más información económica.",
    ),
    (
        "Czech",
        "Vláda dnes schválila návrh zákona, který má pomoci malým podnikům. Má máma má málo \
        času. Starý hrad stojí už dlouhá léta nad řekou. Dáváme přednost kvalitě. Já vím, že ty tu \
        máš své kolo. Náš milý pán Novák říká, že dobrá káva má být silná. Nová trať má stát miliardy.",
    ),
    (
        "Slovak",
        "Mladí ľudia sa zišli na námestí a spievali. Má malá sestra má rád ovocie. Výstava bude \
        otvorená každý deň. Náš otec číta noviny. Krásny deň, pán kolega. Nový zákon platí od mája.",
    ),
    (
        "Polish",
        "Wójt gminy ogłosił nowy plan. Mój brat mówi, że córka wróci późno. Król był stary. Ósmy \
        dzień podróży był najtrudniejszy, a góry były już blisko.",
    ),
    (
        "Indonesian",
        "Pemerintah mengumumkan kebijakan baru untuk petani di Jawa Tengah. Harga beras \
        naik sejak awal tahun. Menteri Luar Negeri bertemu dengan duta besar Prancis, André Lefèvre, \
        di kafé dekat istana. Béla dan José ikut hadir dalam séminar itu.",
    ),
    (
        "Malay",
        "Perdana Menteri berkata kerajaan akan membantu keluarga yang terjejas akibat banjir. \
        Kadar inflasi kekal rendah. Encik René menulis résumé di kafé sambil minum kopi. Sekolah \
        dibuka semula pada hari Isnin.",
    ),
    (
        "Tagalog",
        "Ang mga batà ay naglalaro sa labás ng bahay. Sinabi ng pangulo na tátaas ang sahod \
        ng mga manggagawà. Malakí ang halagá ng edukasyón sa ating bayan. Hindî ko alám kung saán siyá \
        nagpuntá kahápon; umuwî na siná Ana. Mahál kitá. Doón sa Peñafrancia nagdasál ang Señora.",
    ),
    (
        "Italian",
        "La città è più bella di così? Ciò può darsi, però la verità è che nessuno lo sa già. Lunedì \
        andrò all'università perché c'è un esame; poi farò ciò che si può. Sì, è là, laggiù, ma ormai \
        è tardi e la società non dà più nulla. Può darsi di sì. Chi può, lo fa; ciò è vero.",
    ),
    (
        "Catalan",
        "És a dir, això és més fàcil del que pensàvem. L'àvia va dir que sí, però després no \
        va venir. La població d'allà té molts déus. També hi són els cosins; què hi fan? Només així.",
    ),
    (
        "Estonian",
        "Isa tõi poest või ja sõi siis võileiba. Õpetaja küsis, kui palju õpilasi käis mõisas. Lõpuks \
        jõudis ta kõrge mäe otsa, kus õitsesid õunapuud. Nõu anda on kergem kui nõu võtta. Või lõi ta \
        tõe. Mõni tõi või, mõni lõi või sõi. Sõbrad jõid õhtul õlut ja rääkisid tööst.",
    ),
    (
        "Icelandic",
        "Það er ekki víst að þau komi í dag. Ég á tvær systur og þær búa í Reykjavík. Við fórum út á \
        sjó og sáum hvali. Maðurinn sagði að veðrið væri gott. Húsið er rautt og þakið grænt. Ný bók \
        kom út í gær. Hún býr þar á bæ með móður sinni og föður.",
    ),
    (
        "Hungarian",
        "Több száz ember gyűlt össze a téren, hogy meghallgassa a zenét. A ló és a só. Jó öt óra óta \
        tó körül ülök. Édesanyám azt mondta, hogy jön a hó. Én is úgy vélem, ó, mily szép!",
    ),
    (
        "Danish",
        "På øen bor der få mennesker, men om sommeren får de besøg. Så går vi på café og spiser \
        rødgrød med fløde. Børnene løber ned ad bakken. Åen er smuk. Må vi få lov at gå?",
    ),
    (
        "Swedish",
        "På våren är det ljust i Malmö och många går ut på ön. Får får får? Nej, får får lamm. Själv \
        åt jag fisk på ett kafé. Då så, sa hon, vi får gå nu. Hör på råd från äldre.",
    ),
    (
        "Finnish",
        "Hän ei tiedä, mitä tänään tehdään. Pääministeri sanoi, että työttömyys vähenee. Tämä kesä \
        on ollut hyvä. Myös äiti söi syömättä jääneen leivän. Yö oli pimeä.",
    ),
    (
        "Dutch",
        "De coördinatie van de ideeën verliep goed. Eén voor één kwamen de financiële plannen binnen. Hij \
        heeft hé geroepen. België en Italië speelden gelijk; de knieën deden zeer. Zoë en Chloë kwamen.",
    ),
    (
        "Irish",
        "Tá sé fuar inniu agus níl mé sásta. Tá an fear mór ag dul go dtí an trá. Cá bhfuil tú i do \
        chónaí? Bhí sí ann, ach ní raibh mé. Tá brón orm. Is é mo dhá mhí. Tá mo bhád ar an lá.",
    ),
    (
        "Turkish",
        "Bugün hava çok güzel. Üniversite öğrencileri dün büyük bir gösteri düzenledi. Köyde iki göl \
        var; kötü söz sahibinindir. Çünkü gün bitti. Gül, dün sütü döktü.",
    ),
    (
        "Pinyin",
        "Lú Mán, Táo Qián, Bái Hú hé Máo Dùn dou zài Hé nán. Tóng mén, bái tù, hóng chá, lóng mén, \
        nán hú, hé nán, lái lù, gòu mái, dà lù, tài hú, bú dà, tóng yì, shí sì, sì shí.",
    ),
    (
        "Taiwanese",
        "Tâi-oân ê lâng kóng Tâi-gí, mà kóng Hoa-gí. Gún tau tòa tī Tâi-lâm. Lí bé tê sî, i bô \
        lâi. Góa ài lí. Hó bô? Bô hó. Chit ê gín-á chin kó·-chui. Lán lâi khì ho·h.",
    ),
    (
        "Malagasy",
        "Ny zô fototra dia an'ny olona rehetra. Nandeha tany Antsirabe ny rainy omaly maraina. \
        Tsy azo atao ny mivarotra ny tanin-drazana. Fihavanana no tsara, hoy ny Ntaolo.",
    ),
    (
        "Welsh",
        "Mae'r tŷ ar y bryn. Roedd y gân yn hyfryd, a'r môr yn dawel. Aeth y bws â ni i'r dre. Dŵr a \
        thân. Mae gan y siôp de a llên. Tân yn y môr, a sŵn y gwynt.",
    ),
    (
        "Romanian",
        "Târgul de carte începe vineri în capitală. Când vine vara, pământul se usucă. În câmp, \
        vântul bate. Mâna mâinii și pâine. Râul a crescut după ploi.",
    ),
    (
        "English",
        "The café's façade was naïve, or so the fiancée of Zoë Brontë thought; “déjà vu”, she said. \
        Each coupé cost £300 ± 5 % at 20 °C — a 5 µm film, ½ of it © 1998, Intel® and AMD™ inside. See § 4 \
        and ¶ 7, «op. cit.», nº 3, 1ª ed. The résumé was passé.",
    ),
];
