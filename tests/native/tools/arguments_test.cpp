#include "tools/arguments.h"

#include "native/catch.h"

namespace mydba::tools {
namespace {

/// What is said of arguments that ask for a text and a number.
std::string complaintAbout(const rpc::Json& json) {
  const Arguments arguments(json);
  (void)arguments.text("sql", 10);
  (void)arguments.integer("limit", 5, 1, 100);
  const auto complete = arguments.complete();
  return complete ? "" : complete.error().message;
}

TEST_CASE("arguments are taken by name and type, and the first that is wrong is told", "[tools]") {
  CHECK(complaintAbout({{"sql", "SELECT 1"}}).empty());
  CHECK(complaintAbout({{"sql", "SELECT 1"}, {"limit", 100}}).empty());
  CHECK(complaintAbout({{"sql", "SELECT 1"}, {"limit", nullptr}}).empty());

  CHECK(complaintAbout(rpc::Json::array()) == "the arguments are no object");
  CHECK(complaintAbout({{"limit", 3}}) == "sql: missing or empty");
  CHECK(complaintAbout({{"sql", ""}}) == "sql: missing or empty");
  CHECK(complaintAbout({{"sql", 3}}) == "sql: expected a string");
  CHECK(complaintAbout({{"sql", "SELECT 12345"}}) == "sql: longer than 10 bytes");
  CHECK(complaintAbout({{"sql", "x"}, {"limit", 101}}) ==
        "limit: expected an integer from 1 to 100");
  CHECK(complaintAbout({{"sql", "x"}, {"limit", 1.5}}) ==
        "limit: expected an integer from 1 to 100");
  CHECK(complaintAbout({{"sql", "x"}, {"limit", 18446744073709551615u}}) ==
        "limit: expected an integer from 1 to 100");
  CHECK(complaintAbout({{"sql", "x"}, {"write", true}}) == "unknown argument write");
}

TEST_CASE("a list of texts holds texts, as many as allowed", "[tools]") {
  const auto read = [](const rpc::Json& json) {
    const Arguments arguments(json);
    auto list = arguments.texts("indexes", 2);
    return std::pair(list, static_cast<bool>(arguments.complete()));
  };
  CHECK(read({{"indexes", {"a", "b"}}}) == std::pair(std::vector<std::string>{"a", "b"}, true));
  CHECK_FALSE(read({{"indexes", rpc::Json::array()}}).second);
  CHECK_FALSE(read({{"indexes", {"a", "b", "c"}}}).second);
  CHECK_FALSE(read({{"indexes", {"a", 1}}}).second);
  CHECK_FALSE(read({{"indexes", "a"}}).second);
}

}  // namespace
}  // namespace mydba::tools
