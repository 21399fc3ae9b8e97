package ob2_test
import ("testing";"os";"path/filepath";"fmt";"github.com/laurel-edu/laurel/ob/ob2")
func TestTry(t *testing.T){
 for _,g:=range []string{"valid","invalid"}{
 fs,_:=filepath.Glob("/work/shared/data/ob/samples/"+g+"/ob2-official/*.*")
 fs2,_:=filepath.Glob("/work/shared/data/ob/samples/"+g+"/ob2-official/assets/*.json")
 fs3,_:=filepath.Glob("/work/shared/data/ob/samples/"+g+"/ob-legacy-components/*.json")
 for _,f:=range append(append(fs,fs2...),fs3...){ b,_:=os.ReadFile(f); d,err:=ob2.Read(b); if err!=nil{fmt.Println("ERR",g,filepath.Base(f),err);continue}; fmt.Println(g,filepath.Base(f),d.Class(),d.ID(),d.Warnings())}
 }}
