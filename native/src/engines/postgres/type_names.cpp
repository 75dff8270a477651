#include "engines/postgres/type_names.h"

#include <algorithm>
#include <array>

namespace mydba::postgres {
namespace {

struct Builtin {
  Oid type;
  Oid array;  // 0 when it has none
  std::string_view name;
};

// From pg_type of PostgreSQL 18, sorted by OID; OIDs of built-in types never change.
constexpr std::array builtins = {
    Builtin{16, 1000, "boolean"},
    Builtin{17, 1001, "bytea"},
    Builtin{18, 1002, "\"char\""},
    Builtin{19, 1003, "name"},
    Builtin{20, 1016, "bigint"},
    Builtin{21, 1005, "smallint"},
    Builtin{23, 1007, "integer"},
    Builtin{24, 1008, "regproc"},
    Builtin{25, 1009, "text"},
    Builtin{26, 1028, "oid"},
    Builtin{27, 1010, "tid"},
    Builtin{28, 1011, "xid"},
    Builtin{29, 1012, "cid"},
    Builtin{114, 199, "json"},
    Builtin{142, 143, "xml"},
    Builtin{600, 1017, "point"},
    Builtin{601, 1018, "lseg"},
    Builtin{602, 1019, "path"},
    Builtin{603, 1020, "box"},
    Builtin{604, 1027, "polygon"},
    Builtin{628, 629, "line"},
    Builtin{650, 651, "cidr"},
    Builtin{700, 1021, "real"},
    Builtin{701, 1022, "double precision"},
    Builtin{705, 0, "unknown"},
    Builtin{718, 719, "circle"},
    Builtin{774, 775, "macaddr8"},
    Builtin{790, 791, "money"},
    Builtin{829, 1040, "macaddr"},
    Builtin{869, 1041, "inet"},
    Builtin{1033, 1034, "aclitem"},
    Builtin{1042, 1014, "character"},
    Builtin{1043, 1015, "character varying"},
    Builtin{1082, 1182, "date"},
    Builtin{1083, 1183, "time without time zone"},
    Builtin{1114, 1115, "timestamp without time zone"},
    Builtin{1184, 1185, "timestamp with time zone"},
    Builtin{1186, 1187, "interval"},
    Builtin{1266, 1270, "time with time zone"},
    Builtin{1560, 1561, "bit"},
    Builtin{1562, 1563, "bit varying"},
    Builtin{1700, 1231, "numeric"},
    Builtin{1790, 2201, "refcursor"},
    Builtin{2202, 2207, "regprocedure"},
    Builtin{2203, 2208, "regoper"},
    Builtin{2204, 2209, "regoperator"},
    Builtin{2205, 2210, "regclass"},
    Builtin{2206, 2211, "regtype"},
    Builtin{2249, 2287, "record"},
    Builtin{2275, 1263, "cstring"},
    Builtin{2278, 0, "void"},
    Builtin{2287, 0, "record[]"},
    Builtin{2950, 2951, "uuid"},
    Builtin{2970, 2949, "txid_snapshot"},
    Builtin{3220, 3221, "pg_lsn"},
    Builtin{3614, 3643, "tsvector"},
    Builtin{3615, 3645, "tsquery"},
    Builtin{3642, 3644, "gtsvector"},
    Builtin{3734, 3735, "regconfig"},
    Builtin{3769, 3770, "regdictionary"},
    Builtin{3802, 3807, "jsonb"},
    Builtin{3904, 3905, "int4range"},
    Builtin{3906, 3907, "numrange"},
    Builtin{3908, 3909, "tsrange"},
    Builtin{3910, 3911, "tstzrange"},
    Builtin{3912, 3913, "daterange"},
    Builtin{3926, 3927, "int8range"},
    Builtin{4072, 4073, "jsonpath"},
    Builtin{4089, 4090, "regnamespace"},
    Builtin{4096, 4097, "regrole"},
    Builtin{4191, 4192, "regcollation"},
    Builtin{4451, 6150, "int4multirange"},
    Builtin{4532, 6151, "nummultirange"},
    Builtin{4533, 6152, "tsmultirange"},
    Builtin{4534, 6153, "tstzmultirange"},
    Builtin{4535, 6155, "datemultirange"},
    Builtin{4536, 6157, "int8multirange"},
    Builtin{5038, 5039, "pg_snapshot"},
    Builtin{5069, 271, "xid8"},
};

const Builtin* findType(Oid type) {
  const auto found = std::lower_bound(builtins.begin(), builtins.end(), type,
                                      [](const Builtin& b, Oid wanted) { return b.type < wanted; });
  return found != builtins.end() && found->type == type ? &*found : nullptr;
}

const Builtin* findArray(Oid type) {
  const auto found = std::find_if(builtins.begin(), builtins.end(),
                                  [&](const Builtin& b) { return b.array == type && type != 0; });
  return found == builtins.end() ? nullptr : &*found;
}

constexpr Oid bpchar = 1042, varchar = 1043, numeric = 1700, bit = 1560, varbit = 1562;

/// The type modifier as format_type writes it, for the types where it matters to a reader.
/// Character types and numeric count from 4, the size of their length word (numerictypmodin).
std::string modifierText(Oid type, int modifier) {
  if (modifier < 0) return "";
  constexpr int header = 4;
  switch (type) {
    case bpchar:
    case varchar: return "(" + std::to_string(modifier - header) + ")";
    case bit:
    case varbit: return "(" + std::to_string(modifier) + ")";
    case numeric: {
      const int packed = modifier - header;
      const int precision = (packed >> 16) & 0xFFFF;
      const int scale = ((packed & 0x7FF) ^ 1024) - 1024;  // 11 bits, signed since version 15
      return "(" + std::to_string(precision) + "," + std::to_string(scale) + ")";
    }
    default: return "";
  }
}

}  // namespace

std::string TypeNames::nameOf(Oid type, int modifier) {
  if (const auto* known = findType(type))
    return std::string(known->name) + modifierText(type, modifier);
  if (const auto* element = findArray(type))
    return std::string(element->name) + modifierText(element->type, modifier) + "[]";
  if (const auto found = made_.find(type); found != made_.end()) return found->second;
  stale_ = true;
  return "";
}

protocol::ColumnKind TypeNames::kindOf(Oid type) {
  using protocol::ColumnKind;
  switch (type) {
    case 20:
    case 21:
    case 23:
    case 26:
    case 700:
    case 701:
    case numeric: return ColumnKind::number;
    case 16: return ColumnKind::boolean;
    case 1082:
    case 1083:
    case 1114:
    case 1184:
    case 1186:
    case 1266: return ColumnKind::time;
    case 114:
    case 3802: return ColumnKind::json;
    case 17: return ColumnKind::binary;
    default: return ColumnKind::text;
  }
}

}  // namespace mydba::postgres
