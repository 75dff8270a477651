// What may leave the machine must survive any text, hold none of what was planted in a value or
// comment, and come back as it was. The first byte chooses the dialect.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ai/redact/redactor.h"
#include "ai/redact/restorer.h"

using namespace mydba;
using namespace mydba::ai;

namespace {

constexpr std::string_view marker = "zqplanted7qz";

void require(bool condition) {
  if (!condition) std::abort();
}

bool leaks(const RedactedText& sent) { return sent.text().find(marker) != std::string::npos; }

/// The text's own bytes may open a quote that swallows what encloses the marker, so it stands
/// first.
void checkPlanted(std::string_view text, const sql::Dialect& dialect, NamePolicy names) {
  const std::string value(marker);
  const bool commands = dialect.lineCommands;
  const std::string planted =
      commands ? "SET k " + value + "\n" : "SELECT '" + value + "' /* " + value + " */, ";
  Redactor redactor(names, dialect);
  require(!leaks(redactor.sql(planted + std::string(text))));
  require(!leaks(redactor.prose("is \"" + value + "\" at " + value + "@example.org slow?\n\n" +
                                std::string(text))));
  if (commands) return;
  const Error error{.message = "near '" + value + "' at line 1"};
  require(!leaks(redactor.error(error, text)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view names[] = {"generic", "postgres", "mysql",
                                               "mariadb", "sqlite",   "redis"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find(marker) != text.npos) return 0;
  const sql::Dialect& dialect = *sql::findDialect(names[size ? data[0] % 6 : 0]);
  for (const NamePolicy policy : {NamePolicy::keep, NamePolicy::alias})
    checkPlanted(text, dialect, policy);
  Redactor redactor(NamePolicy::alias, dialect);
  const std::string sent = redactor.sql(text).text() + redactor.prose(text).text();
  Restorer restorer(redactor.conversation());
  std::string shown;
  for (const char c : sent) shown += restorer.feed(std::string_view(&c, 1));
  shown += restorer.finish();
  require(shown == restored(redactor.conversation(), sent));
  return 0;
}
