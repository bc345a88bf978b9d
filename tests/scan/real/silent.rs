//! Numbers that look like codes and are something else.

use super::silent;

/// Masks and all bits.
const MASKS: &[&str] = &[
    "hr mask 0xFFFFFFFF",
    "IsPresent=0xffffffff",
    "TrafficStats: tagSocket(126) with statsTag=0xffffffff, statsUid=-1",
    "SystemUiVisibility vis=c0000700 mask=ffffffff",
    "pmr=0xffffffff err=0",
    "Version=0xFFFFFFFF, error none",
    "lastError = 0xffffffff (unset)",
    "HRESULT FFFFFFFF",
    "status 4294967295",
    "exit code: 0xffffffff",
    "bitmask of error: 0x80070005",
];

/// Addresses of 64 bits.
const ADDRESSES: &[&str] = &[
    "00007ffb`80070005 ntdll!RtlUserThreadStart+0x21",
    "rip=00007ff6`80180014 rsp=000000d5`87d1041c",
    "fffff803`c0000005 nt!x",
    "ffffd00f`80070005 ffffd00f`80070002",
    "Child-SP 00000000`80070005",
    "9ea84b0f`87d155f9: mov eax",
    "80070005`80070002",
    "Module base fffff806`80180000 end fffff806`80190014",
    "kd> !analyze 80070005`00000000",
    "a1=00000000`c0000005 a2=fffff800`80070005",
];

/// Handles.
const HANDLES: &[&str] = &[
    "Closing handle 0x80070005",
    "hFile=0x80070005",
    "handle: 80070005 closed",
    "hProcess 0x80070005",
    "Handle (0x80070005) duplicated",
    "hwnd=0x80070005",
    "hKey 0x80070005 closed",
    "hThread=80070005",
    "fileHandle = 0x80070005",
    "Event handle 0x80070005 signaled",
];

/// Sizes, times and counts in decimal.
const DECIMALS: &[&str] = &[
    "ip=2147942405",
    "ts=2147942405",
    "expires_on=2147942405",
    "exp: 2149056532",
    "\"iat\":2147942405",
    "uptime 2147942405",
    "\"expires_in\":2147942405",
    "lastModified: 2147942405",
    "account 2147942405 synced",
    "Total bytes: 2149056532",
    "2149056532 of 4298113064 downloaded",
    "\"size\":2149056532",
    "bytesDownloaded=2149056532",
    "fileSize: 2149056532",
    "order 2147942405 shipped",
    "Transferred 2149056532 from 3 peers",
];

/// Tickets and issues.
const TICKETS: &[&str] = &[
    "#2278643193",
    "fixes #2147942405",
    "PR #2149056532 merged",
    "ticket #2147942405 closed",
    "see #80070005",
    "case #2147942405",
    "incident #2149056532",
    "run #2147942405 finished",
    "issue #80180014",
    "bug #2278622236",
];

/// Rights in security descriptors.
const RIGHTS: &[&str] = &[
    "D:(A;;0x80070005;;;SY)",
    "O:SYG:SYD:(A;OICI;0x80120089;;;BA)(A;;0xd01f01ff;;;SY)",
    "S:(AU;SAFA;0x80070005;;;WD)",
    "SDDL=D:P(A;;0x80180014;;;IU)",
    "(D;;0x80070002;;;AN)",
    "D:PAI(A;CI;0xc0000005;;;LA)",
    "security descriptor D:(A;;0x80120089;;;S-1-5-18)",
    "(OA;;0x80070005;bf967aba-0de6-11d0-a285-00aa003049e2;;PS)",
    "ace (A;;0xC0000022;;;BU)",
    "dacl D:AI(A;ID;0x80180018;;;SY)",
];

/// An HRESULT that wraps success.
const WRAPS_SUCCESS: &[&str] = &[
    "lastHResult -2147024896",
    "hr = 0x80070000",
    "hResult: 2147942400",
    "ErrorCode=-2147024896",
    "HRESULT 80070000",
    "Result: (0x80070000)",
    "[HRESULT = 0x80070000]",
    "failed with error 0x80070000",
    "exit code -2147024896",
    "0x80070000 (S_OK)",
];

/// What a kernel and a debugger print.
const KERNEL: &[&str] = &[
    "The computer has rebooted from a bugcheck. The bugcheck was: 0x0000007e (0xffffffffc0000005, 0xfffff80312345678, 0xffffd00012345678, 0xffffd00012345000).",
    "BugCheck C0000005, {1, 0, 1, 2}",
    "Arg1: 80070005, the address referenced",
    "Arguments 0x80070005 0x12345678 0x9abcdef0 0x12345679",
    "eax=80070005 ebx=80070002 ecx=00000000",
    "r8=80070005 r9=80070002",
    "cr2=80070005 cr3=001aa000",
    "Parameter1: 0x80070005",
    "trap frame 80070005",
    "x0: 0000000080070005 x1: 0000000080070002",
];

#[test]
fn what_is_no_error_in_real_lines_stays_silent() {
    silent(&[MASKS, ADDRESSES, HANDLES, DECIMALS, TICKETS, RIGHTS, WRAPS_SUCCESS, KERNEL]);
}
