#include "guard/online_ways.h"

#include "sql/single_change.h"
#include "sql/token_list.h"

namespace mydba::guard {

std::string withWordBehind(std::string_view text, std::string_view after, std::string_view word,
                           const sql::Dialect& dialect) {
  const sql::TokenList tokens(text, dialect);
  std::string changed(text);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens.isWord(at, after)) continue;
    changed.insert(tokens[at].end, " " + std::string(word));
    break;
  }
  return changed;
}

void offerPieces(Impact& impact, std::string_view text, const sql::Statement& statement,
                 const sql::Dialect& dialect,
                 std::string (*command)(const std::string& table, const std::string& where)) {
  const bool many = impact.affected && impact.affected->count > 10'000;
  if (!many || statement.kind != sql::StatementKind::remove) return;
  const auto change = sql::readSingleChange(text, statement, dialect);
  if (!change || !change->tail.empty()) return;
  const std::string where =
      change->condition.empty() ? "" : " WHERE " + std::string(change->condition.of(text));
  impact.alternatives.push_back(
      {.title = "Delete in pieces of 1,000 rows: run it until it finds none",
       .command = command(std::string(change->target.of(text)), where),
       .shell = false});
}

protocol::ConfirmAlternative renameFirst(std::string command) {
  return {.title = "Rename the table first, and drop it when nobody has missed it",
          .command = std::move(command),
          .shell = false};
}

std::string shellWord(std::string_view text) {
  // In single quotes a shell interprets nothing but the quote itself (POSIX, 2.2.2).
  std::string word = "'";
  for (const char c : text)
    if (c == '\'')
      word += "'\\''";
    else
      word += c;
  return word + "'";
}

Alternatives schemaChangeTools(const ToolTarget& target, std::string_view table,
                               std::string_view actions) {
  // A DSN of the tool is a list `key=value,…` in which a comma cannot stand for itself.
  const auto dsnPart = [](std::string_view key, std::string_view value) {
    std::string part(key);
    for (const char c : value) part += c == ',' ? std::string("\\,") : std::string(1, c);
    return part;
  };
  std::string dsn = dsnPart("D=", target.database) + dsnPart(",t=", table);
  std::string ghost = " --database=" + shellWord(target.database) + " --table=" + shellWord(table);
  if (!target.socket.empty()) {
    dsn += dsnPart(",S=", target.socket);
    ghost += " --socket=" + shellWord(target.socket);
  } else {
    dsn += dsnPart(",h=", target.host) + ",P=" + std::to_string(target.port);
    ghost += " --host=" + shellWord(target.host) + " --port=" + std::to_string(target.port);
  }
  dsn += dsnPart(",u=", target.user);
  ghost += " --user=" + shellWord(target.user);
  const std::string alter = " --alter=" + shellWord(actions);
  return {{.title = "Change a copy in the background (Percona Toolkit); it asks for the password",
           .command = "pt-online-schema-change --ask-pass --dry-run" + alter + " " + shellWord(dsn),
           .shell = true},
          {.title = "Change a copy in the background (gh-ost); without --execute it only tries",
           .command = "gh-ost --ask-pass --allow-on-master" + ghost + alter,
           .shell = true}};
}

}  // namespace mydba::guard
