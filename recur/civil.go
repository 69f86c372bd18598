package recur

// Days are counted from Monday, 1601-01-01, which is day 0 and the beginning of a Gregorian cycle of 400 years.

const daysPer400Years = 400*365 + 97

// dateOf returns the Gregorian date of a day that is not before 1601.
//
// It counts from 1 March 1600 on, so that a leap day ends its year, century and cycle, and takes each of these as an affine
// function of the day: the method of Neri and Schneider, "Euclidean affine functions and their application to calendar
// algorithms", 2022.
func dateOf(day int) (year, month, dayOfMonth int) {
	n := 4*uint32(day+306) + 3
	century, rest := n/daysPer400Years, n%daysPer400Years/4
	p := uint64(4*rest+3) * 2939745 // 2^32 * 4 / 1461, rounded up: 1461 days are four years
	inCentury, inYear := int(p>>32), uint32(p)/2939745/4
	m := 2141*inYear + 197913 // 2^16 * 5 / 153 a day, from the third month on: 153 days are five months
	year, month, dayOfMonth = 1600+100*int(century)+inCentury, int(m>>16), int(m&0xFFFF)/2141+1
	if inYear >= 306 {
		return year + 1, month - 12, dayOfMonth
	}
	return year, month, dayOfMonth
}

// daysOf returns the day of a Gregorian date from 1601 on. The month may be any number from 1 on; 13 is the January after.
func daysOf(year, month, dayOfMonth int) int {
	year, month = year+(month-1)/12, (month-1)%12+1
	y := year - 1601
	days := y*365 + y/4 - y/100 + y/400 + dayOfMonth - 1
	if month <= 2 {
		return days + (month-1)*31
	}
	return days + 59 + leapDay(year) + (153*(month-3)+2)/5
}

func leapDay(year int) int {
	if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 1
	}
	return 0
}

// daysIn returns the length of a Gregorian month, 1 to 12.
func daysIn(year, month int) int {
	switch month {
	case 2:
		return 28 + leapDay(year)
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func weekdayOf(day int) Weekday { return Weekday((day + 1) % 7) }
