#include "result/sort_key.h"

#include <algorithm>
#include <cstdint>

#include "base/fold_case.h"
#include "base/utf8.h"

namespace mydba::result {
namespace {

enum KeyClass : unsigned char {
  negativeInfinity = 1,
  negative,
  zero,
  positive,
  positiveInfinity,
  notANumber,
  text,
  null = 0xFF,  // above the complement of every other class
};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number taken apart: 0.<digits> times ten to the exponent; the digits are those of
/// `whole` and `fraction` together, from `skip` (leading zeros) on.
struct Decimal {
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;
  bool below = false;

  std::size_t digits() const { return whole.size() + fraction.size(); }
  unsigned digit(std::size_t i) const {
    return static_cast<unsigned>((i < whole.size() ? whole[i] : fraction[i - whole.size()]) - '0');
  }
};

std::string_view takeDigits(std::string_view& rest) {
  std::size_t count = 0;
  while (count < rest.size() && isDigit(rest[count])) ++count;
  const std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

bool takeSign(std::string_view& rest) {
  const bool below = !rest.empty() && rest[0] == '-';
  if (below || (!rest.empty() && rest[0] == '+')) rest.remove_prefix(1);
  return below;
}

bool parseDecimal(std::string_view rest, Decimal& decimal) {
  decimal.below = takeSign(rest);
  decimal.whole = takeDigits(rest);
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    decimal.fraction = takeDigits(rest);
  }
  if (decimal.digits() == 0) return false;
  if (!rest.empty() && (rest[0] == 'e' || rest[0] == 'E')) {
    rest.remove_prefix(1);
    const bool smaller = takeSign(rest);
    const std::string_view digits = takeDigits(rest);
    if (digits.empty() || digits.size() > 9) return false;
    for (const char c : digits) decimal.exponent = 10 * decimal.exponent + (c - '0');
    if (smaller) decimal.exponent = -decimal.exponent;
  }
  return rest.empty();
}

bool appendSpecialNumber(std::string& key, std::string_view text) {
  std::string folded;
  appendFolded(folded, text.substr(0, 16));
  if (folded == "nan")
    key += static_cast<char>(notANumber);
  else if (folded == "infinity" || folded == "inf" || folded == "+inf")
    key += static_cast<char>(positiveInfinity);
  else if (folded == "-infinity" || folded == "-inf")
    key += static_cast<char>(negativeInfinity);
  else
    return false;
  return true;
}

void appendBigEndian(std::string& key, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) key += static_cast<char>(number >> shift);
}

/// One byte for the exponents that occur, five for the others.
void appendExponent(std::string& key, std::int64_t exponent) {
  if (exponent >= -120 && exponent <= 120) {
    key += static_cast<char>(exponent + 128);
    return;
  }
  key += static_cast<char>(exponent > 0 ? 0xFF : 0x00);
  appendBigEndian(key, static_cast<std::uint32_t>(exponent + (1LL << 31)));
}

void complement(std::string& key, std::size_t from) {
  for (std::size_t i = from; i < key.size(); ++i) key[i] = static_cast<char>(~key[i]);
}

void appendTextKey(std::string& key, std::string_view value) {
  key += static_cast<char>(KeyClass::text);
  const std::size_t start = key.size();
  appendFolded(key, utf8Prefix(value, maxSortTextBytes));
  // 0 ends the text, so the bytes 0 and 1 are written as two.
  const auto special = [](char c) { return c == '\0' || c == '\1'; };
  if (std::any_of(key.begin() + static_cast<std::ptrdiff_t>(start), key.end(), special)) {
    const std::string plain = key.substr(start);
    key.resize(start);
    for (const char c : plain) {
      if (special(c)) key += '\1';
      key += special(c) ? static_cast<char>(c + 1) : c;
    }
  }
  key += '\0';
}

}  // namespace

bool appendNumberKey(std::string& key, std::string_view text) {
  Decimal decimal;
  if (!parseDecimal(text, decimal)) return appendSpecialNumber(key, text);
  std::size_t first = 0;
  std::size_t end = decimal.digits();
  while (first < end && decimal.digit(first) == 0) ++first;
  while (end > first && decimal.digit(end - 1) == 0) --end;
  if (first == end) {
    key += static_cast<char>(zero);
    return true;
  }
  end = std::min(end, first + 2 * maxSortTextBytes);
  key += static_cast<char>(decimal.below ? negative : positive);
  const std::size_t start = key.size();
  appendExponent(key, decimal.exponent + static_cast<std::int64_t>(decimal.whole.size()) -
                          static_cast<std::int64_t>(first));
  for (std::size_t i = first; i < end; i += 2) {
    const unsigned low = i + 1 < end ? decimal.digit(i + 1) : 0;
    key += static_cast<char>(10 * decimal.digit(i) + low + 1);
  }
  key += '\0';
  if (decimal.below) complement(key, start);
  return true;
}

void appendSortKey(std::string& key, const Cell& cell, protocol::ColumnKind kind, bool descending) {
  if (cell.isNull()) {
    key += static_cast<char>(null);
    return;
  }
  const std::size_t start = key.size();
  if (kind != protocol::ColumnKind::number || !appendNumberKey(key, cell.text()))
    appendTextKey(key, cell.text());
  if (descending) complement(key, start);
}

}  // namespace mydba::result
