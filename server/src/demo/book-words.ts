import { wordTable, words } from './words.ts';

/** Novels: a head and a tail make a title. */
export const novelHeads = words(`
  L’Été | The Summer | Der Sommer
  Le Jardin | The Garden | Der Garten
  La Maison | The House | Das Haus
  Le Silence | The Silence | Das Schweigen
  La Lumière | The Light | Das Licht
  Les Carnets | The Notebooks | Die Notizbücher
  La Route | The Road | Die Straße
  Le Chant | The Song | Das Lied
  La Couleur | The Colour | Die Farbe
  Le Secret | The Secret | Das Geheimnis
  Les Filles | The Daughters | Die Töchter
  Le Goût | The Taste | Der Geschmack
  La Mémoire | The Memory | Die Erinnerung
  L’Hiver | The Winter | Der Winter
  La Nuit | The Night | Die Nacht
  Le Temps | The Time | Die Zeit
  Les Gardiens | The Keepers | Die Hüter
  La Promesse | The Promise | Das Versprechen
  L’Héritage | The Legacy | Das Erbe
  La Carte | The Map | Die Karte
  Les Lettres | The Letters | Die Briefe
  L’Ombre | The Shadow | Der Schatten
  La Patience | The Patience | Die Geduld
  La Dernière Saison | The Last Season | Die letzte Saison
  L’Invention | The Invention | Die Erfindung
  La Géographie | The Geography | Die Geografie
  Le Retour | The Return | Die Rückkehr
  Les Adieux | The Farewell | Der Abschied
  Le Royaume | The Kingdom | Das Königreich
  La Langue | The Language | Die Sprache
`);

export const novelTails = words(`
  des hirondelles | of the Swallows | der Schwalben
  du phare | of the Lighthouse | des Leuchtturms
  de l’oubli | of Forgetting | des Vergessens
  des tilleuls | of the Lime Trees | der Linden
  du fleuve | of the River | des Flusses
  des vignes | of the Vineyards | der Weinberge
  de la frontière | of the Border | der Grenze
  des absents | of the Absent | der Abwesenden
  du charpentier | of the Carpenter | des Zimmermanns
  de la brume | of the Mist | des Nebels
  des marées | of the Tides | der Gezeiten
  de la neige | of the Snow | des Schnees
  des abeilles | of the Bees | der Bienen
  du rouge-gorge | of the Robin | des Rotkehlchens
  de l’horlogère | of the Clockmaker | der Uhrmacherin
  des étoiles | of the Stars | der Sterne
  du sel | of Salt | des Salzes
  des bruyères | of the Heather | des Heidekrauts
  de la pluie | of the Rain | des Regens
  du voyageur | of the Traveller | des Reisenden
  du vent | of the Wind | des Windes
  des pommiers | of the Apple Trees | der Apfelbäume
  du cartographe | of the Cartographer | des Kartografen
  de la traductrice | of the Translator | der Übersetzerin
  des ponts | of the Bridges | der Brücken
  du dimanche | of Sunday | des Sonntags
  de la mer | of the Sea | des Meeres
  des mineurs | of the Miners | der Bergleute
  du cerisier | of the Cherry Tree | des Kirschbaums
  des lucioles | of the Fireflies | der Glühwürmchen
  de la forge | of the Forge | der Schmiede
  des loups | of the Wolves | der Wölfe
  du passeur | of the Ferryman | des Fährmanns
  de la verrerie | of the Glassworks | der Glashütte
`);

/** Crime novels: a case and a place. */
export const crimes = words(`
  Meurtre | Murder | Mord
  Mort suspecte | A Suspicious Death | Ein verdächtiger Tod
  Faux pas | A False Step | Fehltritt
  Un coupable idéal | The Perfect Culprit | Ein idealer Täter
  Silence de mort | Dead Silence | Totenstille
  Affaire classée | Case Closed | Akte geschlossen
  Brouillard | Fog | Nebel
  Vengeance | Revenge | Rache
  Rendez-vous fatal | A Fatal Appointment | Tödliche Verabredung
  Poison | Poison | Gift
  Hautes eaux | High Water | Hochwasser
  Double jeu | A Double Game | Doppeltes Spiel
  Une ombre | A Shadow | Ein Schatten
  Chute libre | Free Fall | Freier Fall
  Chasse à l’homme | Manhunt | Menschenjagd
  Enlèvement | Abduction | Entführung
`);

export const places = words(`
  à Vianden | in Vianden | in Vianden
  à Echternach | in Echternach | in Echternach
  à Clervaux | in Clervaux | in Clerf
  à Esch-sur-Alzette | in Esch-sur-Alzette | in Esch an der Alzette
  à Diekirch | in Diekirch | in Diekirch
  à Ettelbruck | in Ettelbruck | in Ettelbrück
  à Grevenmacher | in Grevenmacher | in Grevenmacher
  à Remich | in Remich | in Remich
  à Wiltz | in Wiltz | in Wiltz
  à Larochette | in Larochette | in Fels
  à Mersch | in Mersch | in Mersch
  à Dudelange | in Dudelange | in Düdelingen
  à Differdange | in Differdange | in Differdingen
  à Schengen | in Schengen | in Schengen
  à Mondorf | in Mondorf | in Mondorf
  à Redange | in Redange | in Redingen
  à Bettembourg | in Bettembourg | in Bettemburg
  à Wasserbillig | in Wasserbillig | in Wasserbillig
  à Bourscheid | in Bourscheid | in Burscheid
  à Esch-sur-Sûre | in Esch-sur-Sûre | in Esch an der Sauer
  à Troisvierges | in Troisvierges | in Ulflingen
  à Clausen | in Clausen | in Clausen
  au Kirchberg | on the Kirchberg | auf dem Kirchberg
  au Grund | in the Grund | im Grund
  au Limpertsberg | on the Limpertsberg | auf dem Limpertsberg
  dans le Mullerthal | in the Mullerthal | im Müllerthal
  dans l’Oesling | in the Oesling | im Ösling
  sur la Moselle | on the Moselle | an der Mosel
  au bord de la Sûre | by the Sûre | an der Sauer
  au bord de l’Alzette | by the Alzette | an der Alzette
`);

/** Guides: what to do, where, and how many routes. */
export const activities = words(`
  Randonnées | Walks | Wanderungen
  Balades à vélo | Bike Rides | Radtouren
  Promenades en famille | Family Walks | Spaziergänge mit Kindern
  Sentiers nature | Nature Trails | Naturpfade
  Escapades gourmandes | Gourmet Outings | Genussausflüge
  Parcours de course à pied | Running Routes | Laufstrecken
  Sorties d’hiver | Winter Outings | Winterausflüge
  Châteaux et ruines | Castles and Ruins | Burgen und Ruinen
  Jardins et parcs | Gardens and Parks | Gärten und Parks
  Villages et chapelles | Villages and Chapels | Dörfer und Kapellen
  Sur les traces des mineurs | In the Footsteps of the Miners | Auf den Spuren der Bergleute
  Oiseaux et points de vue | Birds and Viewpoints | Vögel und Aussichtspunkte
`);

export const areas = words(`
  autour de Vianden | around Vianden | rund um Vianden
  autour d’Echternach | around Echternach | rund um Echternach
  autour de Clervaux | around Clervaux | rund um Clerf
  autour de Diekirch | around Diekirch | rund um Diekirch
  autour de Wiltz | around Wiltz | rund um Wiltz
  autour de Larochette | around Larochette | rund um Fels
  autour d’Esch-sur-Sûre | around Esch-sur-Sûre | rund um Esch an der Sauer
  autour de Luxembourg | around Luxembourg City | rund um die Stadt Luxemburg
  autour d’Arlon | around Arlon | rund um Arlon
  autour de Trèves | around Trier | rund um Trier
  autour de Metz | around Metz | rund um Metz
  autour de Thionville | around Thionville | rund um Diedenhofen
  autour de Bastogne | around Bastogne | rund um Bastogne
  autour de Sarrebourg | around Saarburg | rund um Saarburg
  le long de la Sûre | along the Sûre | entlang der Sauer
  le long de la Moselle | along the Moselle | entlang der Mosel
  le long de l’Alzette | along the Alzette | entlang der Alzette
  le long de l’Our | along the Our | entlang der Our
  le long de l’Attert | along the Attert | entlang der Attert
  dans le Mullerthal | in the Mullerthal | im Müllerthal
  dans l’Oesling | in the Oesling | im Ösling
  dans les Terres Rouges | in the Red Lands | im Land der roten Erde
  dans l’Eifel | in the Eifel | in der Eifel
  dans les Ardennes | in the Ardennes | in den Ardennen
`);

/** Learning a language: the name, and the same as the object of a sentence. */
export const languages = words(`
  le luxembourgeois | Luxembourgish | Luxemburgisch
  le français | French | Französisch
  l’allemand | German | Deutsch
  l’anglais | English | Englisch
  le portugais | Portuguese | Portugiesisch
  l’italien | Italian | Italienisch
  l’espagnol | Spanish | Spanisch
  le néerlandais | Dutch | Niederländisch
  le polonais | Polish | Polnisch
  le grec moderne | Modern Greek | Neugriechisch
  le suédois | Swedish | Schwedisch
  le danois | Danish | Dänisch
  le croate | Croatian | Kroatisch
  le japonais | Japanese | Japanisch
`);

export const courseKinds = words(`
  méthode | course book | Kursbuch
  cahier d’exercices | workbook | Übungsbuch
  vocabulaire illustré | picture vocabulary | Bildwortschatz
`);

export const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const;

/** Series of comics and fantasy, of which each volume bears the title of a novel. */
export const series = words(`
  Les Gardiens du Kirchberg | The Kirchberg Keepers | Die Hüter vom Kirchberg
  Mélusine et compagnie | Melusina and Friends | Melusina und Freunde
  Brigade fluviale | River Brigade | Flusswache
  La Ligue des passerelles | The Footbridge League | Der Bund der Brücken
  Chroniques de l’Oesling | Chronicles of the Oesling | Chroniken des Öslings
  Les Casemates | The Casemates | Die Kasematten
  Terres Rouges | Red Lands | Rote Erde
  Agence Pétrusse | The Pétrusse Agency | Agentur Petruss
  Les Enfants du viaduc | Children of the Viaduct | Die Kinder vom Viadukt
  Horizon Findel | Findel Horizon | Horizont Findel
  Les Sept Vallées | The Seven Valleys | Die sieben Täler
  Le Dernier Tramway | The Last Tram | Die letzte Straßenbahn
`);

/** Invented publishers with the start of their ISBNs; 978-99959 is Luxembourg's, 978-2 that of French. */
export const publishers = wordTable(
  ['name', 'prefix'],
  `
  Éditions du Grund | 97899959
  Atelier Saint-Cunibert | 97899987
  Presses de l’Alzette | 9782871
  Le Tilleul bleu | 9782384
  La Passerelle | 9782493
  Verlag Drei Eichen | 9783948
  Sauertal Verlag | 9783911
  Kasematten Press | 9781739
  Slate & Vine | 9781915
  Haff Éditeurs | 97899960
`,
);

export const givenNames =
  'Adèle Anouk Bastien Camille Carlo Cécile Charel Claire Clara Damien Élise Emil Fabienne Félix Flore Georges Hélène Henri Hugo Ines Jeanne Joëlle Jonas Josiane Laure Léon Lex Lise Louise Lucien Marc Margot Mathis Mia Michèle Nadine Nico Noé Odile Paule Pol Raoul Romain Sandrine Serge Simone Théo Tilly Viviane Yann'.split(
    ' ',
  );
export const familyNames =
  'Arendt Bastin Bertemes Biwer Clemens Colling Conrath Dondelinger Ewen Faber Feltgen Flammang Gillen Goerens Greisch Hames Heinen Hilger Kayser Kemp Kirsch Koster Lanners Leonardy Linster Ludwig Marnach Mathay Mersch Mousel Nilles Olinger Pauly Pesch Pleimling Raus Reding Rollinger Sauber Schaack Schiltz Schmitz Schoos Steichen Stoltz Thinnes Toussaint Trausch Urbing Verhulst Wagener Weydert Wirtz Zeimes'.split(
    ' ',
  );
