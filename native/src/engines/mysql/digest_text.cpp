#include "engines/mysql/digest_text.h"

#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::mysql {
namespace {

/// Of both servers, each between blanks. A name that is no such function is quoted in a digest.
constexpr std::string_view functions =
    " adddate bit_and bit_or bit_xor cast count cume_dist curdate curtime date_add"
    " date_sub dense_rank extract first_value group_concat json_arrayagg"
    " json_objectagg lag last_value lead max median mid min now nth_value ntile"
    " percent_rank percentile_cont percentile_disc position rank row_number"
    " session_user st_collect std stddev stddev_pop stddev_samp subdate substr"
    " substring sum sysdate system_user trim var_pop var_samp variance ";

bool isFunction(std::string_view word) {
  const auto name = sql::lowerCase(" " + std::string(word) + " ");
  return functions.find(name) != functions.npos;
}

}  // namespace

std::string readableDigest(std::string_view digest, const sql::Dialect& dialect) {
  std::string text;
  text.reserve(digest.size());
  sql::Lexer lexer(digest, dialect);
  std::size_t copied = 0;
  sql::Token before;
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    if (before.kind == sql::TokenKind::word && lexer.textOf(token) == "(" &&
        isFunction(lexer.textOf(before))) {
      text += digest.substr(copied, before.end - copied);
      copied = token.start;
    }
    before = token;
  }
  return text += digest.substr(copied);
}

}  // namespace mydba::mysql
