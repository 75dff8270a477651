#include "sample/rows.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "sample/inserter.h"
#include "sample/random.h"
#include "sample/words.h"

namespace mydba::sample {
namespace {

constexpr std::uint64_t seed = 20250101;
constexpr std::int64_t partSize = 20'000;  // rows between two looks at the token

// The shop's three years, in seconds since 2023-01-01.
constexpr std::int64_t daySeconds = 86'400;
constexpr std::int64_t openDays = 1096;
constexpr std::int64_t openSeconds = openDays * daySeconds;

void appendTwo(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

std::string dateText(std::int64_t seconds) {
  using namespace std::chrono;
  const year_month_day date(sys_days(2023y / January / 1) + days(seconds / daySeconds));
  std::string text = std::to_string(static_cast<int>(date.year()));
  text += '-';
  appendTwo(text, static_cast<unsigned>(date.month()));
  text += '-';
  appendTwo(text, static_cast<unsigned>(date.day()));
  return text;
}

/// `2025-03-14 09:26:53`
std::string timeText(std::int64_t seconds) {
  std::string text = dateText(seconds);
  const std::int64_t ofDay = seconds % daySeconds;
  for (const auto& [mark, value] : {std::pair(' ', ofDay / 3600), std::pair(':', ofDay / 60 % 60),
                                    std::pair(':', ofDay % 60)}) {
    text += mark;
    appendTwo(text, value);
  }
  return text;
}

/// A moment within the `index`th of `count` equal parts of the shop's time, so that ids and times
/// rise together as in a real table.
std::int64_t momentOf(std::int64_t index, std::int64_t count, Random& random) {
  const std::int64_t start = openSeconds / count * index;
  return start + random.below(std::max<std::int64_t>(openSeconds / count, 1));
}

Result<void> donePart(std::int64_t index, const RowsDone& done) {
  if (index % partSize != partSize - 1) return {};
  return done(partSize);
}

/// Letters and digits of a name, in lower case, for an address.
std::string addressOf(std::string_view name, std::int64_t id) {
  std::string address;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') address += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') address += c;
    if (c == ' ') address += '.';
  }
  if (address.size() < 3) address = "kunde";
  return address + std::to_string(id);
}

std::string productName(std::int64_t id, const Category& category, Random& random) {
  std::string name(random.pick(adjectives()));
  name += ' ';
  name += random.pick(category.things);
  // A few names that would run if somebody showed them as code.
  if (id % 997 == 13) name += " <b>\"new\"</b>";
  if (id % 991 == 7) name += "'); DROP TABLE products; --";
  return name;
}

const Category& categoryOf(Random& random) {
  return categories()[static_cast<std::size_t>(
      random.skewed(static_cast<std::int64_t>(categories().size())))];
}

}  // namespace

Result<void> writeCustomers(sqlite3* database, const Size& size, const RowsDone& done) {
  static constexpr std::array<std::string_view, 4> domains = {"@mail.example", "@post.example",
                                                              "@web.example", "@haus.example"};
  Random random(seed + 1);
  Inserter row(database, "customers", 8);
  for (std::int64_t i = 0; i < size.customers; ++i) {
    std::string name;
    if (random.chance(2)) {
      name = random.pick(otherNames());
    } else {
      name = random.pick(firstNames());
      name += ' ';
      name += random.pick(lastNames());
    }
    const City& city = cities()[static_cast<std::size_t>(
        random.skewed(static_cast<std::int64_t>(cities().size())))];
    const std::string email = addressOf(name, i + 1) + std::string(random.pick(domains));
    const std::string phone = "+49 30 555" + std::to_string(10000 + random.below(90000));
    const std::string created = timeText(momentOf(i, size.customers, random));
    row.number(i + 1).text(name).text(email);
    random.chance(40) ? row.null() : row.text(phone);
    row.text(city.name).text(city.country).number(random.chance(30)).text(created).insert();
    if (const auto part = donePart(i, done); !part) return part;
  }
  return row.finish();
}

Result<void> writeProducts(sqlite3* database, const Size& size, const RowsDone& done) {
  Random random(seed + 2);
  Inserter row(database, "products", 9);
  for (std::int64_t i = 0; i < size.products; ++i) {
    const Category& category = categoryOf(random);
    const std::string name = productName(i + 1, category, random);
    const std::string sku =
        std::string(category.name.substr(0, 2)) + "-" + std::to_string(100'000 + i * 7);
    std::string description = name + " for every day. ";
    for (std::int64_t n = random.below(4); n >= 0; --n)
      description += std::string(random.pick(remarks())) + " ";
    row.number(i + 1).text(sku).text(name).text(category.name);
    row.number(199 + random.skewed(20'000)).number(random.chance(3) ? 0 : random.below(500));
    random.chance(10) ? row.null() : row.real(static_cast<double>(random.below(800)) / 64);
    const std::string gone = dateText(random.below(openSeconds));
    row.text(description);
    random.chance(92) ? row.null() : row.text(gone);
    row.insert();
    if (const auto part = donePart(i, done); !part) return part;
  }
  return row.finish();
}

/// Orders with their lines, of which there are about as many as asked for.
Result<void> writeOrders(sqlite3* database, const Size& size, const RowsDone& done) {
  static constexpr std::array<std::string_view, 5> states = {"delivered", "shipped", "cancelled",
                                                             "paid", "returned"};
  Random random(seed + 3);
  Inserter order(database, "orders", 7);
  Inserter item(database, "order_items", 5);
  std::int64_t lines = 0;
  for (std::int64_t i = 0; i < size.orders; ++i) {
    // As many as are due on average, from one to twice as many.
    const std::int64_t due =
        std::max<std::int64_t>(size.orderItems * (i + 1) / size.orders - lines, 1);
    const std::int64_t count = 1 + random.below(2 * due - 1);
    std::int64_t total = 0;
    for (std::int64_t line = 1; line <= count; ++line) {
      const std::int64_t quantity = 1 + random.skewed(6);
      const std::int64_t price = 199 + random.skewed(20'000);
      total += quantity * price;
      item.number(i + 1).number(line).number(1 + random.skewed(size.products));
      item.number(quantity).number(price).insert();
    }
    lines += count;
    const std::int64_t ordered = momentOf(i, size.orders, random);
    const std::string orderedText = timeText(ordered);
    const std::string shippedText =
        timeText(ordered + daySeconds / 4 + random.below(4 * daySeconds));
    const std::string_view state = states[static_cast<std::size_t>(random.skewed(5))];
    const bool shipped = state != "cancelled" && state != "paid";
    order.number(i + 1).number(1 + random.skewed(size.customers)).text(state).text(orderedText);
    shipped ? order.text(shippedText) : order.null();
    order.number(total);
    random.chance(8) ? order.text(random.pick(orderNotes())) : order.null();
    order.insert();
    if (const auto part = donePart(i, done); !part) return part;
  }
  if (const auto orders = order.finish(); !orders) return orders;
  return item.finish();
}

Result<void> writeEvents(sqlite3* database, const Size& size, const RowsDone& done) {
  static constexpr std::array<std::string_view, 5> kinds = {"view", "search", "cart", "checkout",
                                                            "login"};
  Random random(seed + 4);
  Inserter row(database, "events", 6);
  for (std::int64_t i = 0; i < size.events; ++i) {
    const bool view = random.chance(80);
    const std::string_view kind = view ? kinds[0] : random.pick(kinds);
    const std::string when = timeText(momentOf(i, size.events, random));
    std::string details = "{\"ms\":" + std::to_string(20 + random.skewed(3000));
    details += random.chance(50) ? ",\"mobile\":true}" : "}";
    row.number(i + 1);
    random.chance(35) ? row.null() : row.number(1 + random.skewed(size.customers));
    row.text(kind);
    kind == "view" || kind == "cart" ? row.number(1 + random.skewed(size.products)) : row.null();
    row.text(when);
    random.chance(60) ? row.null() : row.text(details);
    row.insert();
    if (const auto part = donePart(i, done); !part) return part;
  }
  return row.finish();
}

Result<void> writeReviews(sqlite3* database, const Size& size, const RowsDone& done) {
  Random random(seed + 5);
  Inserter row(database, "reviews", 7);
  for (std::int64_t i = 0; i < size.reviews; ++i) {
    const std::int64_t rating = 5 - random.skewed(5);
    const auto verdicts = rating >= 3 ? praises() : complaints();
    const std::string_view title = random.pick(verdicts);
    std::string body(random.pick(verdicts));
    for (std::int64_t n = random.below(3); n > 0; --n)
      body += " " + std::string(random.pick(remarks()));
    if (random.chance(3)) body += rating >= 3 ? " 😀" : " 😡";
    const std::string when = timeText(momentOf(i, size.reviews, random));
    row.number(i + 1).number(1 + random.skewed(size.products));
    row.number(1 + random.skewed(size.customers)).number(rating);
    random.chance(25) ? row.null() : row.text(title);
    row.text(body).text(when).insert();
    if (const auto part = donePart(i, done); !part) return part;
  }
  return row.finish();
}

}  // namespace mydba::sample
