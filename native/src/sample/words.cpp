#include "sample/words.h"

namespace mydba::sample {
namespace {

using Words = const std::string_view[];

constexpr Words firstNameList = {
    "Ada",    "Alan",   "Aisha", "Bruno", "Carla", "Chen",  "Clara", "Daan",   "Dora",  "Elif",
    "Emil",   "Émile",  "Eva",   "Farid", "Fiona", "Greta", "Hugo",  "Ines",   "Ivan",  "Jana",
    "Jonas",  "Jürgen", "Kaja",  "Karim", "Lena",  "Leo",   "Lucía", "Łukasz", "Maja",  "Malik",
    "Mara",   "Mateo",  "Milan", "Nadia", "Noah",  "Nora",  "Olga",  "Oskar",  "Paula", "Petra",
    "Rafael", "Rosa",   "Samir", "Selma", "Søren", "Tara",  "Theo",  "Tomás",  "Vera",  "Zoë"};

constexpr Words lastNameList = {
    "Abel",     "Aydın",   "Bauer",    "Berg",   "Bianchi", "Blum",     "Brandt",  "Carlsen",
    "Castro",   "Çelik",   "Costa",    "Dietz",  "Dubois",  "Duarte",   "Ek",      "Fischer",
    "Fontana",  "García",  "Garnier",  "Haas",   "Hansen",  "Horák",    "Ivanova", "Jansen",
    "Kaya",     "Keller",  "Kowalski", "Kraus",  "Lang",    "Laurent",  "Lind",    "López",
    "Maier",    "Marin",   "Meyer",    "Moreau", "Müller",  "Novák",    "Nowak",   "Olsen",
    "Ortiz",    "O'Brien", "Pavlov",   "Peters", "Popescu", "Quist",    "Rossi",   "Ruiz",
    "Sørensen", "Schmidt", "Silva",    "Tóth",   "Usta",    "van Dijk", "Vogel",   "Wagner",
    "Weiss",    "Yılmaz",  "Zeman",    "Żak"};

constexpr Words otherNameList = {"山田 花子", "佐藤 健", "王小明",        "李娜",        "김민준",
                                 "محمد علي",  "רות לוי", "Ольга Иванова", "Νίκος Παππάς"};

constexpr City cityList[] = {
    {"Berlin", "DE"},  {"Hamburg", "DE"},   {"München", "DE"},  {"Köln", "DE"},
    {"Leipzig", "DE"}, {"Paris", "FR"},     {"Lyon", "FR"},     {"Lille", "FR"},
    {"Madrid", "ES"},  {"Sevilla", "ES"},   {"Roma", "IT"},     {"Milano", "IT"},
    {"Torino", "IT"},  {"Wien", "AT"},      {"Graz", "AT"},     {"Zürich", "CH"},
    {"Genève", "CH"},  {"Warszawa", "PL"},  {"Kraków", "PL"},   {"Praha", "CZ"},
    {"Brno", "CZ"},    {"København", "DK"}, {"Aarhus", "DK"},   {"Stockholm", "SE"},
    {"Malmö", "SE"},   {"Oslo", "NO"},      {"Helsinki", "FI"}, {"Amsterdam", "NL"},
    {"Utrecht", "NL"}, {"Bruxelles", "BE"}, {"Lisboa", "PT"},   {"Porto", "PT"},
    {"Dublin", "IE"},  {"London", "GB"},    {"Leeds", "GB"},    {"İstanbul", "TR"},
    {"Αθήνα", "GR"},   {"東京", "JP"},      {"Toronto", "CA"},  {"Boston", "US"}};

constexpr Words tea = {"green tea", "black tea", "herbal tea", "oolong", "tea tin", "teapot"};
constexpr Words coffee = {"espresso", "filter coffee", "grinder", "moka pot", "decaf"};
constexpr Words books = {"novel", "cookbook", "atlas", "picture book", "biography", "calendar"};
constexpr Words garden = {"trowel", "seed box", "watering can", "flower pot", "gloves", "hose"};
constexpr Words kitchen = {"pan", "knife", "chopping board", "bowl", "whisk", "scale", "apron"};
constexpr Words toys = {"puzzle", "kite", "building blocks", "card game", "doll", "train"};
constexpr Words music = {"ukulele", "drum", "record", "recorder", "tuner", "music stand"};
constexpr Words office = {"notebook", "pen", "desk lamp", "stapler", "folder", "pin board"};

constexpr Category categoryList[] = {{"Tea", tea},       {"Coffee", coffee},   {"Books", books},
                                     {"Garden", garden}, {"Kitchen", kitchen}, {"Toys", toys},
                                     {"Music", music},   {"Office", office}};

constexpr Words adjectiveList = {"Small",  "Large", "Blue",    "Red",      "Quiet",
                                 "Sturdy", "Light", "Simple",  "Fine",     "Early",
                                 "Nordic", "Round", "Folding", "Everyday", "Bright",
                                 "Warm",   "Plain", "Golden",  "Crème",    "Old"};

constexpr Words praiseList = {"Exactly as described.",     "I would buy it again.",
                              "Arrived a day early.",      "My favourite for years.",
                              "A present that was liked.", "Better than it looks."};
constexpr Words complaintList = {"Smaller than I thought.",  "The parcel came late.",
                                 "Broke after two weeks.",   "The colour is different.",
                                 "Too dear for what it is.", "I sent it back."};
constexpr Words remarkList = {"I use it every morning.",    "Bought for my sister.",
                              "It stands in the hall now.", "The box was nice too.",
                              "We have two of them.",       "The children like it.",
                              "It was cheaper last year.",  "Ask me again in a year."};
constexpr Words orderNoteList = {
    "Please ring twice",  "Leave it with the neighbour", "Gift: no invoice in the parcel",
    "Deliver after 5 pm", "Bitte im Büro abgeben",       "Livraison à la loge, s'il vous plaît"};

}  // namespace

std::span<const std::string_view> firstNames() { return firstNameList; }
std::span<const std::string_view> lastNames() { return lastNameList; }
std::span<const std::string_view> otherNames() { return otherNameList; }
std::span<const City> cities() { return cityList; }
std::span<const Category> categories() { return categoryList; }
std::span<const std::string_view> adjectives() { return adjectiveList; }
std::span<const std::string_view> praises() { return praiseList; }
std::span<const std::string_view> complaints() { return complaintList; }
std::span<const std::string_view> remarks() { return remarkList; }
std::span<const std::string_view> orderNotes() { return orderNoteList; }

}  // namespace mydba::sample
