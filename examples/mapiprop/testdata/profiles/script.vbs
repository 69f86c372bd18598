' Switches off the cache of every profile.
Const HKEY_CURRENT_USER = &H80000001
strFlagsName = "00036601"
arrFlags = Array(&H04,&H00,&H00,&H00)
oReg.SetBinaryValue HKEY_CURRENT_USER, strPath, strFlagsName, arrFlags
