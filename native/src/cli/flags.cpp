#include "cli/flags.h"

#include <getopt.h>

#include <charconv>

namespace mydba::cli {

std::optional<std::string> ParsedArguments::value(std::string_view flag) const {
  const auto found = flags.find(flag);
  return found == flags.end() ? std::nullopt : std::optional(found->second);
}

namespace {

/// Hides a word from getopt; no argument starts with it.
constexpr char shield[] = "\x01";

/// SQL that begins with a comment is no flag.
bool isSqlComment(std::string_view word) {
  return word.starts_with("--") && word.size() > 2 &&
         (word[2] == ' ' || word[2] == '\t' || word[2] == '\n' || word[2] == '\r');
}

}  // namespace

Result<ParsedArguments> parseArguments(Arguments arguments, std::span<const Flag> known) {
  // getopt_long wants C strings, an argv[0], and reorders them: it gets copies.
  std::vector<std::string> words = {"mydba"};
  for (const std::string& argument : arguments)
    words.push_back(isSqlComment(argument) ? shield + argument : argument);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  std::vector<option> options;
  std::string letters = ":";
  for (const Flag& flag : known) {
    options.push_back({flag.name, flag.takesValue ? required_argument : no_argument, nullptr, 0});
    if (std::string_view(flag.name).size() == 1)
      letters += std::string(flag.name) + (flag.takesValue ? ":" : "");
  }
  options.push_back({"json", no_argument, nullptr, 0});
  options.push_back({nullptr, 0, nullptr, 0});

  ParsedArguments parsed;
  const int count = static_cast<int>(argv.size()) - 1;
  ::optind = 0;  // glibc: start anew (getopt(3))
  ::opterr = 0;
  for (;;) {
    int index = 0;
    const int found = ::getopt_long(count, argv.data(), letters.c_str(), options.data(), &index);
    if (found == -1) break;
    if (found != '?' && found != ':') {
      const std::string name = found ? std::string(1, static_cast<char>(found))
                                     : options[static_cast<std::size_t>(index)].name;
      parsed.flags[name] = ::optarg ? ::optarg : "";
      continue;
    }
    // Without its value: who guesses at a flag may have written a password behind it.
    const std::string_view whole = argv[static_cast<std::size_t>(::optind) - 1];
    const std::string_view word = whole.substr(0, whole.find('='));
    return Error{
        .code = ErrorCode::invalidParams,
        .message = std::string(word) + (found == ':' ? " needs a value" : ": unknown flag"),
        .hint = "see mydba --help"};
  }
  for (const char* word : std::span(argv).subspan(static_cast<std::size_t>(::optind)))
    if (word) parsed.positional.emplace_back(word + (*word == shield[0] ? 1 : 0));
  return parsed;
}

Result<std::chrono::milliseconds> parseDuration(std::string_view text) {
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  double factor = 0;
  if (unit.empty() || unit == "s") factor = 1000;
  if (unit == "ms") factor = 1;
  if (unit == "m") factor = 60000;
  if (error != std::errc() || factor == 0 || !(number >= 0) || number * factor > 1e12)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "\"" + std::string(text.substr(0, 40)) + "\" is not a duration",
                 .hint = "write 250ms, 5s or 2m"};
  return std::chrono::milliseconds(static_cast<std::int64_t>(number * factor));
}

Result<std::int64_t> parseCount(std::string_view text, std::string_view flag) {
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size() || number < 0)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "--" + std::string(flag) + " takes a number, not \"" +
                            std::string(text.substr(0, 40)) + "\""};
  return number;
}

Result<protocol::Severity> parseSeverity(std::string_view name) {
  for (const auto value :
       {protocol::Severity::info, protocol::Severity::warning, protocol::Severity::critical})
    if (protocol::name(value) == name) return value;
  return Error{.code = ErrorCode::invalidParams,
               .message = "--fail-on takes info, warning or critical"};
}

}  // namespace mydba::cli
